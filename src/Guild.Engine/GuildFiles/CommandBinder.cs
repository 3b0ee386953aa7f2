using Guild.Engine.Text;
using Guild.Engine.Yaml;

namespace Guild.Engine.GuildFiles;

/// <summary>What an operation runs: exactly one of the three is set.</summary>
internal sealed record OperationCommand(string? Main, string? Exec, IReadOnlyList<StepDefinition>? Steps);

/// <summary>Binds what an operation runs.</summary>
internal static class CommandBinder
{
    public static OperationCommand Bind(Attributes attributes, string operationName, SectionIncludes includes)
    {
        var exec = CommandLine(attributes, "exec");
        var mainName = attributes.Today("main", "cmd");
        var main = CommandLine(attributes, mainName);
        var notebook = attributes.Text("notebook");
        var steps = StepBinder.BindAll(attributes, includes);
        if (notebook is not null)
        {
            attributes.Findings.Warning(
                DiagnosticIds.NotSupportedYet,
                attributes.Entry("notebook")!.Key.Start,
                $"'notebook' of {attributes.Subject} needs the Python package of Guild AI, which runs the notebook.");
            main ??= $"guild.plugins.nbexec {notebook}";
        }

        WarnOfIgnored(attributes, exec is not null, main is not null, mainName);
        if (exec is not null)
        {
            return new(null, exec, null);
        }

        if (main is not null)
        {
            return new(main, null, null);
        }

        return steps is not null ? new(null, null, steps) : new(operationName, null, null);
    }

    private static void WarnOfIgnored(Attributes attributes, bool hasExec, bool hasMain, string mainName)
    {
        var winner = hasExec ? "exec" : mainName;
        foreach (var name in new[] { mainName, "steps" })
        {
            if ((hasExec || (hasMain && name == "steps")) && attributes.Node(name) is not null)
            {
                attributes.Findings.Warning(
                    DiagnosticIds.IgnoredAttribute,
                    attributes.Entry(name)!.Key.Start,
                    $"'{name}' of {attributes.Subject} is ignored because '{winner}' is also there.");
            }
        }
    }

    // A list is joined so that it splits into the same words again; text must split.
    private static string? CommandLine(Attributes attributes, string name)
    {
        switch (attributes.Node(name))
        {
            case null:
                return null;
            case YamlScalar { Value: string text } scalar:
                CheckWords(attributes, name, text, scalar.Start);
                return text.Trim().Length == 0 ? null : text;
            case YamlSequence { Items.Count: > 0 }:
                return ShellWords.Join(attributes.TextList(name)!);
            case var node:
                attributes.WrongType(name, node, "a string or a list of strings");
                return null;
        }
    }

    private static void CheckWords(Attributes attributes, string name, string text, TextPosition position)
    {
        // Only quotes can be left open.
        if (text.AsSpan().IndexOfAny('"', '\'', '\\') < 0)
        {
            return;
        }

        try
        {
            ShellWords.Split(text);
        }
        catch (FormatException exception)
        {
            attributes.Findings.Error(DiagnosticIds.InvalidCommand, position, $"'{name}' of {attributes.Subject}: {exception.Message}");
        }
    }
}
