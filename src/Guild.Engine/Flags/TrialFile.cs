using Guild.Engine.GuildFiles;
using Guild.Engine.Text;
using Guild.Engine.Yaml;

namespace Guild.Engine.Flags;

/// <summary>Reads files with flag values of trials, which are given as <c>@FILE</c>: one trial a row, or a mapping.</summary>
public static class TrialFile
{
    /// <summary>
    /// The trials in file order. <c>.csv</c> files, and those without an extension, have a row of flag names first, and their cells are read as if typed;
    /// <c>.json</c>, <c>.yml</c> and <c>.yaml</c> files hold a list of mappings, or one.
    /// </summary>
    /// <param name="path">The absolute path.</param>
    /// <exception cref="RequestException">The file is not there, or it holds no trials.</exception>
    public static IReadOnlyList<Trial> Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path))
        {
            throw Error(path, "there is no such file.", "Check the path; it starts from the current folder.");
        }

        var trials = Path.GetExtension(path).ToLowerInvariant() switch
        {
            "" or ".csv" => OfRows(path, ReadText(path)),
            ".json" or ".yml" or ".yaml" => OfYaml(path, ReadText(path)),
            var other => throw Error(path, $"trials cannot be read from a {other} file.", "Use .csv, .json, .yml or .yaml."),
        };
        return trials.Count > 0 ? trials : throw Error(path, "it holds no trials.", "Write a trial a row below the row of flag names, or a list of mappings.");
    }

    private static List<Trial> OfRows(string path, string text)
    {
        var rows = CsvRows.Read(text);
        if (rows.Problem is not null)
        {
            throw Error(path, rows.Problem, "Close every quote in it.");
        }

        if (rows.Rows.Count == 0)
        {
            return [];
        }

        var names = rows.Rows[0].Cells.Select(c => c.Trim()).ToArray();
        if (Array.Exists(names, n => n.Length == 0) || names.Distinct(StringComparer.Ordinal).Count() < names.Length)
        {
            throw Error(path, $"its first row must have a different flag's name in each column, and is '{string.Join(',', names)}'.", "Write the names of the flags there.");
        }

        return [.. rows.Rows.Skip(1).Select(row => OfRow(path, names, row))];
    }

    // A row that ends early leaves its last flags as they are.
    private static Trial OfRow(string path, string[] names, CsvRow row)
    {
        if (row.Cells.Count > names.Length)
        {
            throw Error(path, $"the row in line {row.Line} has {row.Cells.Count} values for {names.Length} flags.", "Put values with commas in double quotes.");
        }

        return new([.. row.Cells.Select((cell, column) => KeyValuePair.Create(names[column], (FlagInput)new FlagText(cell)))]);
    }

    private static List<Trial> OfYaml(string path, string text)
    {
        object? value;
        try
        {
            value = YamlText.Read(text);
        }
        catch (YamlTextException exception)
        {
            throw Error(path, $"line {exception.Position.Line}, column {exception.Position.Column}: {exception.Message}", "Correct the file.");
        }

        IReadOnlyList<object?> items = value switch
        {
            null => [],
            IReadOnlyList<object?> list => list,
            IReadOnlyDictionary<string, object?> => [value],
            _ => throw Error(path, $"trials must be a list or a mapping, and this is {FlagGrammar.Encode(value)}.", "Write a list of mappings from flags to values."),
        };
        return [.. items.Select((item, index) => item is IReadOnlyDictionary<string, object?> trial
            ? new Trial([.. trial.Select(f => KeyValuePair.Create(f.Key, (FlagInput)new FlagValue(f.Value)))])
            : throw Error(path, $"trial {index + 1} must be a mapping, and is {FlagGrammar.Encode(item)}.", "Write a mapping from flags to values."))];
    }

    private static string ReadText(string path)
    {
        try
        {
            var source = YamlEncoding.Decode(GuildFileReader.ReadBytes(path));
            return source.Problem is null ? source.Text : throw Error(path, source.Problem.Message, "Save it as UTF-8.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Error(path, exception.Message, "Make the file readable.");
        }
    }

    private static RequestException Error(string path, string what, string advice) => new($"Trials of '{path}' cannot be used: {what}", path, advice);
}

/// <summary>The flags of one trial, in their order.</summary>
/// <param name="Flags">Names with what is given for them.</param>
public sealed record Trial(IReadOnlyList<KeyValuePair<string, FlagInput>> Flags);
