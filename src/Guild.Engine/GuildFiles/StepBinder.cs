using System.Globalization;
using Guild.Engine.Flags;
using Guild.Engine.Text;
using Guild.Engine.Yaml;

namespace Guild.Engine.GuildFiles;

/// <summary>Binds the steps of a pipeline. What a step's attribute says comes before what its command line says.</summary>
internal sealed class StepBinder(Attributes operation, SectionIncludes includes)
{
    /// <summary>The steps in file order; null if there are none. What is no step is reported and left out.</summary>
    public static IReadOnlyList<StepDefinition>? BindAll(Attributes operation, SectionIncludes includes)
    {
        if (operation.Sequence("steps") is not { Items.Count: > 0 } steps)
        {
            return null;
        }

        var binder = new StepBinder(operation, includes);
        return [.. steps.Items.Select(binder.Bind).OfType<StepDefinition>()];
    }

    private StepDefinition? Bind(YamlNode node)
    {
        switch (node)
        {
            case YamlScalar { Value: string text } scalar:
                return Line(text, scalar) is { } line ? Bind(line, text, new YamlMapping(node.Start, node.End, null, [])) with { Written = text } : null;
            case YamlMapping mapping when mapping.Find("run")?.Value is YamlScalar { Value: string text } run:
                return Line(text, run) is { } command ? Bind(command, text, mapping) with { Written = Written(mapping) } : null;
            case YamlMapping mapping:
                var attributes = new Attributes(mapping, $"a step of {operation.Subject}", ItemAttributes.Step, operation.Findings);
                if (attributes.Text("run") is null && attributes.Node("run") is null)
                {
                    Report(node.Start, "has no 'run'. Expected the command line of an operation.");
                }

                return null;
            default:
                operation.Findings.WrongType(node, $"A step of {operation.Subject}", "an operation's name or a mapping");
                return null;
        }
    }

    // A run is started again without the file, so what the flags include is written out.
    private Dictionary<string, object?> Written(YamlMapping mapping)
    {
        var values = new Dictionary<string, object?>(YamlValues.OfMapping(mapping), StringComparer.Ordinal);
        if (mapping.Find("flags")?.Value is YamlMapping flags && flags.Find("$include") is not null)
        {
            values["flags"] = FlagsOf(flags).ToDictionary(flag => flag.Key, flag => ((FlagValue)flag.Value).Value, StringComparer.Ordinal);
        }

        return values;
    }

    private StepCommandLine? Line(string text, YamlScalar place)
    {
        var line = StepCommandLine.Read(text);
        if (line.Problem is not null)
        {
            Report(place.Start, $"cannot be used: '{text}': {line.Problem}");
            return null;
        }

        foreach (var option in line.Ignored)
        {
            operation.Findings.Warning(
                DiagnosticIds.IgnoredAttribute, place.Start, $"Option '{option}' in a step of {operation.Subject} is ignored: steps do not have it.");
        }

        return line;
    }

    private StepDefinition Bind(StepCommandLine line, string text, YamlMapping mapping)
    {
        var attributes = new Attributes(mapping, $"a step of {operation.Subject}", ItemAttributes.Step, operation.Findings);
        attributes.Entry("run");
        var noGpus = IsOn(attributes, line, "no-gpus");
        var step = new StepDefinition
        {
            Run = text,
            Operation = line.Operation!,
            Name = attributes.AnyText("name") ?? line.Operation!,
            Flags = Flags(attributes, line),
            TrialFiles = line.TrialFiles,
            Checks = Checks(attributes),
            IsIsolated = attributes.Flag("isolate-runs") ?? true,
            IsNeededOnly = IsOn(attributes, line, "needed"),
            Label = attributes.AnyText("label") ?? line.Last("label"),
            Tags = attributes.TextList("tags") ?? line.All("tags"),
            ForcesFlags = IsOn(attributes, line, "force-flags"),
            ForcesSourceCode = IsOn(attributes, line, "force-sourcecode"),
            Gpus = (attributes.AnyText("gpus") ?? line.Last("gpus")) is { } gpus && !noGpus ? gpus : noGpus ? "" : null,
            StopAfterMinutes = attributes.Number("stop-after") ?? Number(line, "stop-after", attributes.Position),
            Remote = attributes.AnyText("remote") ?? line.Last("remote"),
            Search = Search(attributes, line),
            Position = mapping.Start,
        };
        attributes.ReportUnknown();
        return step;
    }

    private StepSearch Search(Attributes attributes, StepCommandLine line)
    {
        var (minimize, maximize) = (attributes.AnyText("minimize") ?? line.Last("minimize"), attributes.AnyText("maximize") ?? line.Last("maximize"));
        if (minimize is not null && maximize is not null)
        {
            Report(attributes.Position, "both minimizes and maximizes. Expected one of them.");
        }

        return new()
        {
            Optimizer = attributes.AnyText("optimizer") ?? line.Last("optimizer"),
            UsesDefaultOptimizer = IsOn(attributes, line, "optimize"),
            OptimizerFlags = Assignments(attributes.TextList("opt-flags") ?? line.All("opt-flags"), attributes.Position),
            Objective = minimize is not null ? new(minimize, IsMaximized: false) : maximize is not null ? new(maximize, IsMaximized: true) : null,
            MaxTrials = Whole(attributes, line, "max-trials"),
            RandomSeed = Whole(attributes, line, "random-seed"),
            BatchLabel = attributes.AnyText("batch-label") ?? line.Last("batch-label"),
            BatchTags = attributes.TextList("batch-tags") ?? line.All("batch-tags"),
            FailsOnTrialError = IsOn(attributes, line, "fail-on-trial-error"),
        };
    }

    // A flag that is given twice has its last value, and one of the attribute comes before one of the line.
    private List<KeyValuePair<string, FlagInput>> Flags(Attributes attributes, StepCommandLine line)
    {
        var flags = new List<KeyValuePair<string, FlagInput>>();
        foreach (var flag in line.Flags.Concat(OwnFlags(attributes)))
        {
            flags.RemoveAll(f => f.Key == flag.Key);
            flags.Add(flag);
        }

        return flags;
    }

    private IEnumerable<KeyValuePair<string, FlagInput>> OwnFlags(Attributes attributes)
    {
        switch (attributes.Node("flags"))
        {
            case null:
                return [];
            case YamlSequence list:
                return Assignments(attributes.TextList("flags")!, list.Start);
            case YamlMapping mapping:
                return FlagsOf(mapping);
            case var node:
                attributes.WrongType("flags", node, "a mapping of flags or a list of NAME=VALUE");
                return [];
        }
    }

    // A definition that was included stands for its default.
    private IEnumerable<KeyValuePair<string, FlagInput>> FlagsOf(YamlMapping mapping) => includes.Resolve(mapping, "flags").Entries.Select(e => KeyValuePair.Create(
        e.Key.Text,
        (FlagInput)new FlagValue(YamlValues.Of(e.Value is YamlMapping definition ? definition.Find("default")?.Value : e.Value))));

    private List<KeyValuePair<string, FlagInput>> Assignments(IEnumerable<string> words, TextPosition position)
    {
        var flags = new List<KeyValuePair<string, FlagInput>>();
        foreach (var word in words)
        {
            if (FlagGrammar.SplitAssignment(word) is { } assignment)
            {
                flags.Add(new(assignment.Name, new FlagText(assignment.Text)));
                continue;
            }

            Report(position, $"has '{word}' among its flags. Expected NAME=VALUE.");
        }

        return flags;
    }

    private List<StepCheck> Checks(Attributes attributes)
    {
        var checks = new List<StepCheck>();
        var expect = attributes.Node("expect");
        foreach (var item in expect is YamlSequence list ? list.Items : expect is null ? [] : [expect])
        {
            if (item is not YamlMapping mapping)
            {
                attributes.WrongType("expect", item, "a mapping with file or output, or a list of these");
                continue;
            }

            var isOfFile = mapping.Find("file") is not null;
            if (isOfFile == (mapping.Find("output") is not null))
            {
                Report(mapping.Start, $"has a check with {(isOfFile ? "both 'file' and 'output'" : "neither 'file' nor 'output'")}. Expected one of them.");
                continue;
            }

            var check = new Attributes(mapping, $"a check of {attributes.Subject}", isOfFile ? ItemAttributes.FileCheck : ItemAttributes.OutputCheck, attributes.Findings);
            checks.Add(new()
            {
                File = isOfFile ? check.Text("file") : null,
                CompareTo = isOfFile ? check.Text("compare-to") : null,
                Contains = isOfFile ? Pattern(check, "contains") : null,
                Output = isOfFile ? null : Pattern(check, "output"),
                Position = mapping.Start,
            });
            check.ReportUnknown();
        }

        return checks;
    }

    private string? Pattern(Attributes check, string name)
    {
        if (check.Text(name) is not { } pattern)
        {
            return null;
        }

        try
        {
            PythonRegex.Translate(pattern);
            return pattern;
        }
        catch (ArgumentException exception)
        {
            Report(check.Node(name)!.Start, $"has a check whose pattern is no regular expression: {exception.Message}");
            return null;
        }
    }

    private static bool IsOn(Attributes attributes, StepCommandLine line, string name) => attributes.Flag(name) ?? line.Last(name) is not null;

    private long? Whole(Attributes attributes, StepCommandLine line, string name)
    {
        switch (attributes.Node(name))
        {
            case null:
                return Number(line, name, attributes.Position) is { } number ? (long)number : null;
            case YamlScalar { Value: long whole }:
                return whole;
            case var node:
                attributes.WrongType(name, node, "a whole number");
                return null;
        }
    }

    private double? Number(StepCommandLine line, string name, TextPosition position)
    {
        if (line.Last(name) is not { } text)
        {
            return null;
        }

        var style = name == "stop-after" ? NumberStyles.Float : NumberStyles.AllowLeadingSign;
        if (double.TryParse(text, style, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        Report(position, $"gives '{text}' for {name}. Expected a number.");
        return null;
    }

    private void Report(TextPosition position, string what) =>
        operation.Findings.Error(DiagnosticIds.InvalidStep, position, $"A step of {operation.Subject} {what}");
}
