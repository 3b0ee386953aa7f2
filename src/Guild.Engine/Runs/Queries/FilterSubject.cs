namespace Guild.Engine.Runs.Queries;

/// <summary>Whether event files may be read for a filter.</summary>
internal enum ScalarReading
{
    /// <summary>They may.</summary>
    Any,

    /// <summary>Only scalars count that are at hand already.</summary>
    AtHand,
}

/// <summary>A run as a filter sees it: values by name.</summary>
internal sealed class FilterSubject(Run run, ScalarReading reading)
{
    private const string AttributePrefix = "attr:";
    private const string FlagPrefix = "flag:";
    private const string ScalarPrefix = "scalar:";

    /// <summary>True if a scalar was asked for that is not at hand: what the filter says is then no answer.</summary>
    public bool LacksScalars { get; private set; }

    /// <summary>The value of a name, or null if it is undefined.</summary>
    public object? Value(string name)
    {
        if (name.StartsWith(AttributePrefix, StringComparison.Ordinal))
        {
            return Attribute(name[AttributePrefix.Length..]);
        }

        if (name.StartsWith(FlagPrefix, StringComparison.Ordinal))
        {
            return Flag(name[FlagPrefix.Length..]);
        }

        if (name.StartsWith(ScalarPrefix, StringComparison.Ordinal))
        {
            return Scalar(name[ScalarPrefix.Length..]);
        }

        // What lies in files of its own is looked for last: ten thousand runs would have ten thousand files to look for.
        return FilterAttributes.Known(run, name) ?? Flag(name) ?? FilterAttributes.Further(run, name) ?? (object?)Scalar(name) ?? FilterAttributes.File(run, name);
    }

    private object? Attribute(string name) => FilterAttributes.Known(run, name) ?? FilterAttributes.Further(run, name) ?? FilterAttributes.File(run, name);

    private object? Flag(string name) => run.Flags.GetValueOrDefault(name);

    // The run's own scalar first, then the first of that name in any folder.
    private double? Scalar(string name)
    {
        if (reading == ScalarReading.AtHand && !run.Content.HasLastValues)
        {
            LacksScalars = true;
            return null;
        }

        var key = name.StartsWith(".guild#", StringComparison.Ordinal) ? name[".guild#".Length..] : name.TrimStart('#');
        if (run.LastValues.TryGetValue(key, out var own))
        {
            return own;
        }

        if (key.Contains('#', StringComparison.Ordinal) || key.Length < name.Length && name[0] == '.')
        {
            return null;
        }

        foreach (var (full, value) in run.LastValues)
        {
            if (full.Length > key.Length && full.EndsWith(key, StringComparison.Ordinal) && full[^(key.Length + 1)] == '#')
            {
                return value;
            }
        }

        return null;
    }
}
