namespace Guild.Engine.Packages;

/// <summary>What a Python distribution offers to Guild, as its <c>entry_points.txt</c> says.</summary>
/// <param name="HasModels">True if it has a section for models or resources.</param>
/// <param name="Models">The names of the models; <c>""</c> for the anonymous one.</param>
internal sealed record EntryPoints(bool HasModels, IReadOnlyList<string> Models)
{
    private const string ModelSection = "guild.models";
    private const string ResourceSection = "guild.resources";

    // How Guild AI writes the name of the anonymous model, since an entry point must have one.
    private const string AnonymousModel = "__anonymous__";

    /// <summary>Reads a file; null if it is not there.</summary>
    public static EntryPoints? Read(string path)
    {
        // Most packages have none, and to open what is not there costs an exception.
        if (!File.Exists(path))
        {
            return null;
        }

        var section = "";
        var hasModels = false;
        List<string> models = [];
        foreach (var line in File.ReadLines(path))
        {
            var text = line.Trim();
            if (text.Length == 0 || text[0] is '#' or ';')
            {
                continue;
            }

            if (text[0] == '[' && text[^1] == ']')
            {
                section = text[1..^1].Trim();
                hasModels |= section is ModelSection or ResourceSection;
            }
            else if (section == ModelSection && text.IndexOf('=', StringComparison.Ordinal) is > 0 and var end)
            {
                var name = text[..end].Trim();
                models.Add(name == AnonymousModel ? "" : name);
            }
        }

        return new EntryPoints(hasModels, models);
    }
}
