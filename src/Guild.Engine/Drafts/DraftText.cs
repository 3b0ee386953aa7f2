using System.Globalization;
using System.Text;
using Guild.Engine.GuildFiles;
using Guild.Engine.Yaml;

namespace Guild.Engine.Drafts;

/// <summary>Writes a draft as the text of a Guild file, with comments for who has never seen one.</summary>
internal sealed class DraftText(GuildFileDraft draft)
{
    private const int LongestRemark = 100;

    private readonly StringBuilder _text = new();
    private bool _hasShownFlags;

    public string Write()
    {
        WriteHead();
        Line($"- model: {YamlScalarText.Of(draft.ModelName)}");
        Line();
        Line("  # What it is about. The first line is shown in lists.");
        Line("  # description: ...");
        Line();
        if (draft.Operations.Count == 0)
        {
            WriteExample();
        }
        else
        {
            Line("  operations:");
            for (var i = 0; i < draft.Operations.Count; i++)
            {
                WriteOperation(draft.Operations[i], isFirst: i == 0);
            }
        }

        WriteMore();
        return _text.ToString();
    }

    private void WriteHead()
    {
        var name = draft.Operations.Count == 0 ? "train" : draft.Operations[0].Name;
        var quoted = name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? name : $"'{name}'";
        Line("# What can be run in this folder, and with which flags.");
        Line("#");
        Line("#   Test-GuildFile                 is this file right? (guild check)");
        Line("#   Get-GuildOperation             what can be run? (guild operations)");
        Line($"#   Get-GuildHelp {Padded(quoted, 16)} which flags does it have? (guild run {quoted} --help-op)");
        Line($"#   Invoke-GuildOperation {Padded(quoted, 8)} run it (guild run {quoted})");
        Line("#");
        Line("# All that can stand here: docs/guild-file.md of Guild for PowerShell. In PowerShell: Get-Help about_Guild, Get-Help about_Guild_Flags");
        Line();
        Line("# A model has operations. Its name comes before theirs, as in MODEL:OPERATION, and can be left out: it is the only one here.");
    }

    private void WriteOperation(DraftOperation operation, bool isFirst)
    {
        var reading = operation.Reading;
        Line();
        if (Remark(reading.Description) is { Length: > 0 } summary)
        {
            Line($"    # {summary}");
        }

        Line($"    {YamlScalarText.Of(operation.Name)}:");
        if (isFirst)
        {
            Line("      # What it does, in place of what the script says of itself.");
        }

        Line("      # description: ...");
        if (isFirst)
        {
            Line("      # The program: a Python module, with words that come before the flags if there are any; or a file .py or .ps1. For any other program: exec.");
        }

        Line($"      main: {YamlScalarText.Of(operation.Main)}");
        WriteFlags(operation, isFirst);
    }

    private void WriteFlags(DraftOperation operation, bool isFirst)
    {
        var reading = operation.Reading;
        if (isFirst)
        {
            Line("      # The flags come from the code. A list of names takes only these, no takes none.");
        }

        if (reading.Problem is { } problem)
        {
            Line($"      # The flags of {Remark(operation.FileName)} could not be read: {Remark(problem).TrimEnd('.')}.");
            Line("      # They are read again each time. What they are can also be said here, under flags.");
        }

        Line("      flags-import: all");
        if (reading.Flags.Count > 0)
        {
            Line(_hasShownFlags
                ? "      # What the code says of them:"
                : "      # What the code says of them. To change something, take the # away: what stands here counts before the code.");
            _hasShownFlags = true;
            Line("      # flags:");
        }

        foreach (var flag in reading.Flags)
        {
            WriteFlag(flag);
        }
    }

    private void WriteFlag(FlagDefinition flag)
    {
        Line($"      #   {YamlScalarText.Of(flag.Name)}:");
        if (flag.Description.Length > 0)
        {
            Attribute("description", flag.Description);
        }

        if (flag.IsSecret)
        {
            Attribute("secret", true);
        }
        else if (flag.Default is not null)
        {
            Attribute("default", flag.Default);
        }

        if (flag.IsRequired)
        {
            Attribute("required", true);
        }

        if (flag.Type != FlagType.Auto)
        {
            Attribute("type", FlagBinding.NameOf(flag.Type));
        }

        // The two values of a switch say nothing beside its type.
        if (flag.Choices.Count > 0 && flag.Type != FlagType.Boolean)
        {
            Line($"      #     choices: [{string.Join(", ", flag.Choices.Select(c => InList(c.Value)))}]");
        }

        if (flag.Minimum is { } minimum)
        {
            Bound("min", minimum);
        }

        if (flag.Maximum is { } maximum)
        {
            Bound("max", maximum);
        }
    }

    private void Attribute(string name, object? value) => Line($"      #     {name}: {Scalar(value)}");

    private void Bound(string name, double bound) => Attribute(name, Math.Abs(bound) < 1e15 && bound == Math.Truncate(bound) ? (long)bound : (object)bound);

    private static string Scalar(object? value) => YamlText.Write(value).TrimEnd('\n');

    // Commas and brackets mean something in a list that they do not mean elsewhere.
    private static string InList(object? value) => value is string text && text.AsSpan().ContainsAny(",[]{}")
        ? $"'{text.Replace("'", "''", StringComparison.Ordinal)}'"
        : Scalar(value);

    private void WriteExample()
    {
        Line("  # There was no script here when this file was written. An operation for a script train.py is:");
        Line("  #");
        Line("  # operations:");
        Line("  #   train:");
        Line("  #     description: Learn from the data");
        Line("  #     # The program: a Python module, or a file .py or .ps1. For any other program: exec.");
        Line("  #     main: train");
        Line("  #     # All flags that the code has. A list of names takes only these, no takes none.");
        Line("  #     flags-import: all");
        Line("  #     # What stands here counts before the code.");
        Line("  #     flags:");
        Line("  #       epochs:");
        Line("  #         description: How often all data are seen");
        Line("  #         default: 10");
        Line("  #         type: int");
        Line("  #         min: 1");
    }

    private void WriteMore()
    {
        Line();
        Line("    # An operation can also have, among others:");
        Line("    #");
        Line("    #   requires:                          # what must be there before it starts");
        Line("    #     - file: data.csv                 #   a file of this folder");
        Line("    #     - url: https://example.org/a.zip #   a file of the web, downloaded once");
        Line("    #     - operation: prepare             #   the files of the last run of another operation");
        Line("    #   output-scalars:                    # which numbers of the output are kept; NAME: VALUE lines are, without this");
        Line(@"    #     loss: 'loss is (\value)'");
        Line("    #   label: 'lr ${lr}'                  # what its runs are called in lists");
        Line("    #   tags: [first-try]                  # words by which runs can be found");
        Line("    #   sourcecode: ['*.py']               # which files each run keeps a copy of; all text files, without this");
        Line("    #   default: yes                       # is meant when no operation is named");
    }

    // The first line of a text, for a comment: nothing in it may end the comment.
    private static string Remark(string text)
    {
        var line = new StringBuilder();
        foreach (var character in text.Trim())
        {
            if (character is '\n' or '\r' or '\u0085' or '\u2028' or '\u2029')
            {
                break;
            }

            line.Append(char.IsControl(character) || char.IsSurrogate(character) || character is '\uFEFF' or '\uFFFE' or '\uFFFF' ? ' ' : character);
        }

        return line.Length <= LongestRemark ? line.ToString().TrimEnd() : string.Create(CultureInfo.InvariantCulture, $"{line.ToString(0, LongestRemark).TrimEnd()}…");
    }

    private static string Padded(string text, int width) => text.PadRight(width);

    private void Line(string text = "") => _text.Append(text).Append('\n');
}
