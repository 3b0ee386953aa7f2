using System.Text;

namespace Guild.PowerShell.Classic;

/// <summary>Writes the help of a command from its declaration.</summary>
internal static class HelpText
{
    private const int Width = 78;
    private const int WidestTerm = 30;
    private const string Indent = "  ";

    /// <summary>Gives the usage line, the description, and the options and commands in two columns.</summary>
    /// <param name="command">The command.</param>
    /// <param name="path">The command as it is typed, such as <c>guild runs list</c>.</param>
    /// <returns>Lines of 78 columns at most, each with its line end.</returns>
    public static string For(CommandSpec command, string path)
    {
        StringBuilder text = new();
        text.Append("Usage: ").Append(path).Append(' ').Append(UsageOf(command)).Append('\n');
        foreach (string paragraph in command.Details.Prepend(command.Summary))
        {
            text.Append('\n');
            foreach (string line in TextLayout.Wrap(paragraph, Width - Indent.Length))
            {
                text.Append(Indent).Append(line).Append('\n');
            }
        }

        IEnumerable<(string Term, string Text)> options = command.Options
            .Where(static o => !o.IsAbsent && !o.IsHidden)
            .Select(static o => (o.Usage(), o.Help));
        AppendSection(text, "Options", [.. options, ("--help", "Show this message and exit.")]);
        AppendSection(text, "Commands", [.. command.Commands.Where(static c => c.Instead is null).Select(static c => (string.Join(", ", c.Names), c.Summary))]);
        return text.ToString();
    }

    private static string UsageOf(CommandSpec command) => command.Commands.Count > 0
        ? command.Default is null ? "[OPTIONS] COMMAND [ARGS]..." : "[OPTIONS] [COMMAND] [ARGS]..."
        : string.Join(' ', command.Arguments.Select(static a => a.Usage).Prepend("[OPTIONS]"));

    private static void AppendSection(StringBuilder text, string heading, IReadOnlyList<(string Term, string Text)> entries)
    {
        if (entries.Count == 0)
        {
            return;
        }

        int column = Math.Min(entries.Max(static e => e.Term.Length), WidestTerm) + 2;
        text.Append('\n').Append(heading).Append(":\n");
        foreach ((string term, string description) in entries)
        {
            string margin = new(' ', column);
            string start = term.Length > column - 2 ? $"{term}\n{Indent}{margin}" : term.PadRight(column);
            IEnumerable<string> lines = TextLayout.Wrap(description, Width - Indent.Length - column);
            text.Append(Indent).Append(start).AppendJoin($"\n{Indent}{margin}", lines).Append('\n');
        }
    }
}
