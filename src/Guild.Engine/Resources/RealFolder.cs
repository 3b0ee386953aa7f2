namespace Guild.Engine.Resources;

/// <summary>Where a walk that follows links really is, and from where it came by links.</summary>
/// <param name="Path">The real path of the folder.</param>
/// <param name="CameFrom">The folder that had the link which led here; null if none did.</param>
internal sealed record RealFolder(string Path, RealFolder? CameFrom)
{
    /// <summary>The folder of a name in this one, which is no link.</summary>
    public RealFolder Child(string name) => this with { Path = System.IO.Path.Join(Path, name) };

    /// <summary>The folder that a link in this one leads to; null if that holds a folder which the walk is in already: it would never end.</summary>
    public RealFolder? Follow(string link)
    {
        var target = RealPath.Of(link);
        for (var folder = this; folder is not null; folder = folder.CameFrom)
        {
            if (RealPath.IsWithin(folder.Path, target))
            {
                return null;
            }
        }

        return new RealFolder(target, this);
    }
}
