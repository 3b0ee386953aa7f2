using Guild.Engine.Yaml;

namespace Guild.Engine.GuildFiles;

/// <summary>The parts of a model in which values have short forms, which must be written out before two of them are merged.</summary>
internal enum Section
{
    Model,
    Operations,
    Operation,
    Flags,
    Flag,
    Other,
}

/// <summary>Finds parts of models, and writes out short forms.</summary>
internal static class Sections
{
    /// <summary>What the value of a key in a part is.</summary>
    public static Section Below(Section section, string key) => (section, key) switch
    {
        (Section.Model, "operations") => Section.Operations,
        (Section.Model, "operation-defaults") => Section.Operation,
        (Section.Model or Section.Operation, "flags") => Section.Flags,
        (Section.Operations, not "$include") => Section.Operation,
        (Section.Flags, not "$include") => Section.Flag,
        _ => Section.Other,
    };

    /// <summary>The node without its short form: an operation that is text has it as <c>main</c>, a flag that is a value as <c>default</c>.</summary>
    public static YamlNode WriteOut(YamlNode node, Section section) => (node, section) switch
    {
        (YamlScalar { Value: string }, Section.Operation) => Wrap("main", node),
        (not YamlMapping, Section.Flag) => Wrap("default", node),
        _ => node,
    };

    private static YamlMapping Wrap(string key, YamlNode value) =>
        new(value.Start, value.End, null, [new(new(value.Start, value.Start, null, key, YamlScalarStyle.Plain, key), value)]);
}
