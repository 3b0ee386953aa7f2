namespace Guild.PowerShell;

/// <summary>Help on a project, a model or an operation.</summary>
public sealed class GuildHelp
{
    internal GuildHelp(string name, string kind, string description, string text)
    {
        Name = name;
        Kind = kind;
        Description = description;
        Text = text;
    }

    /// <summary>The name of the operation or the model, or the folder of the project.</summary>
    public string Name { get; }

    /// <summary>What it is: project, model or operation.</summary>
    public string Kind { get; }

    /// <summary>What it does.</summary>
    public string Description { get; }

    /// <summary>The help as it is read.</summary>
    public string Text { get; }

    /// <summary>For an operation: the lines by which it is run. Else empty.</summary>
    public string[] Usage { get; init; } = [];

    /// <summary>For an operation: the resources that it requires. Else empty.</summary>
    public GuildHelpEntry[] Dependencies { get; init; } = [];

    /// <summary>For an operation: its flags. Else empty.</summary>
    public GuildFlag[] Flags { get; init; } = [];

    /// <summary>For a pipeline: its steps. Else empty.</summary>
    public GuildStep[] Steps { get; init; } = [];

    /// <summary>For an operation: its optimizers. Else empty.</summary>
    public GuildOptimizer[] Optimizers { get; init; } = [];

    /// <summary>For a project or a model: its operations. Else empty.</summary>
    public GuildOperation[] Operations { get; init; } = [];

    /// <summary>The help as it is read.</summary>
    public override string ToString() => Text;
}

/// <summary>A line of help: a name and what it means.</summary>
public sealed class GuildHelpEntry
{
    internal GuildHelpEntry(string name, string description)
    {
        Name = name;
        Description = description;
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>What it means.</summary>
    public string Description { get; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
