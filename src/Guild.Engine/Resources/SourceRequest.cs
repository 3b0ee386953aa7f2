using Guild.Engine.Flags;
using Guild.Engine.GuildFiles;
using Guild.Engine.Runs;

namespace Guild.Engine.Resources;

/// <summary>What stands in for a source at the user's wish, or nothing.</summary>
/// <param name="Text">What the user wrote.</param>
/// <param name="Path">The absolute path that it means, or null.</param>
/// <param name="Run">The run that it means, or null.</param>
internal sealed record SourceSubstitute(string Text, string? Path, Run? Run);

/// <summary>One source on its way through the steps.</summary>
/// <param name="Resource">The resource that it belongs to.</param>
/// <param name="Source">Its definition.</param>
/// <param name="Substitute">What the user put in its place, or null.</param>
/// <param name="Context">What it is resolved with.</param>
internal sealed record SourceRequest(
    RequiredResource Resource, SourceDefinition Source, SourceSubstitute? Substitute, ResourceContext Context)
{
    public string Name => ResourceNames.Key(Source);

    /// <summary>Makes the error that the source cannot be resolved; the Guild file's own help comes before any other advice.</summary>
    public ResourceException Fail(string message, string? advice = null, Exception? inner = null) =>
        new(Resource.Name, Name, message, Source.Help ?? advice, inner);

    /// <summary>Replaces references to flags in a text of the definition.</summary>
    public string Resolve(string template)
    {
        try
        {
            FlagReferences.RefuseSecrets(template, Context.SecretVariables);
            var text = FlagReferences.ResolveText(template, Context.Flags);
            return text.Contains('\0', StringComparison.Ordinal)
                ? throw Fail("there is a zero character in it, which no path has.", "Take the zero character out of the Guild file or the flag.")
                : text;
        }
        catch (FlagReferenceException error)
        {
            throw Fail(error.Message, error.RecommendedAction, error);
        }
    }
}

/// <summary>What a source leads to, before anything of it is selected.</summary>
/// <param name="Root">The absolute path of a file or folder.</param>
/// <param name="Run">The run whose folder it is, or null.</param>
/// <param name="Config">What the record keeps beside the paths: the run's id, or what the user put in its place.</param>
/// <param name="Uri">The address that it was taken from as it is recorded, or null for that of the source's definition.</param>
internal sealed record AcquiredSource(string Root, RunDirectory? Run, object? Config, string? Uri = null)
{
    public bool IsDirectory => Directory.Exists(Root);

    /// <summary>The absolute path of the archive whose contents <see cref="Root"/> holds, or null.</summary>
    public string? Archive { get; init; }

    /// <summary>True if <see cref="Root"/> is what was made of the source, in the cache of the home.</summary>
    public bool IsMade { get; init; }
}

/// <summary>A file or folder that a source selects.</summary>
/// <param name="FullPath">Its absolute path.</param>
/// <param name="Path">Its path relative to what was acquired, with <c>/</c>; its base name if that was acquired itself.</param>
internal sealed record SelectedInput(string FullPath, string Path)
{
    public string BaseName => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>The absolute path of the archive that it came out of, in which case <see cref="Path"/> is the path in it; or null.</summary>
    public string? Archive { get; init; }
}
