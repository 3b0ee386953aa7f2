using System.Globalization;
using System.Text;
using System.Text.Json;
using Guild.Engine;
using Guild.Engine.Flags;
using Guild.Engine.Search.Batches;
using Guild.PowerShell.Classic;

namespace Guild.PowerShell.ClassicActions;

/// <summary>The trials of a batch as a table: <c>--print-trials</c> and <c>--save-trials</c>.</summary>
internal static class TrialTable
{
    private static readonly JsonWriterOptions Json = new() { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One line a trial below the names of the flags.</summary>
    public static IReadOnlyList<string> Lines(BatchPlan plan)
    {
        var trials = Known(plan);
        var names = Names(trials);
        return TextTable.Format(
        [
            ["#", .. names],
            .. trials.Select(t => (IReadOnlyList<string>)[t.Number.ToString(CultureInfo.InvariantCulture), .. names.Select(n => t.Flags.GetValueOrDefault(n) is { } value ? FlagGrammar.Encode(value).ReplaceLineEndings(" ") : "")]),
        ]);
    }

    /// <summary>Refuses a file of a kind that trials are not written to.</summary>
    public static void RequireExtension(string path)
    {
        var extension = Path.GetExtension(path);
        if (extension.ToLowerInvariant() is not (".csv" or ".json" or ""))
        {
            throw new RequestException($"Unsupported extension '{extension}' - use '.csv', '.json', or no extension", path);
        }
    }

    /// <summary>Writes the trials so that <c>@FILE</c> reads them back.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="path">The absolute path of the file.</param>
    /// <param name="typed">The path as the user typed it.</param>
    public static void Save(BatchPlan plan, string path, string typed)
    {
        var trials = Known(plan);
        try
        {
            if (Path.GetExtension(path).Equals(".json", StringComparison.OrdinalIgnoreCase))
            {
                using var file = File.Create(path);
                using var writer = new Utf8JsonWriter(file, Json);
                WriteJson(writer, trials);
            }
            else
            {
                File.WriteAllText(path, Csv(trials), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new RequestException($"trials cannot be saved to '{typed}': {error.Message}", typed, "Name a file in a folder that you may write to.");
        }
    }

    /// <summary>The error of a batch whose trials nobody knows yet.</summary>
    public static RequestException NotKnown(BatchPlan plan) => new(
        $"cannot list the trials of '{plan.FullName}': the optimizer '{plan.Optimizer.Name}' chooses them while it runs",
        plan.Optimizer.Name,
        "Run it with --stage-trials to see what it begins with, or search with random.");

    private static IReadOnlyList<PlannedTrial> Known(BatchPlan plan) => plan.Trials ?? throw NotKnown(plan);

    private static IReadOnlyList<string> Names(IEnumerable<PlannedTrial> trials) => [.. trials.SelectMany(t => t.Flags.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static string Csv(IReadOnlyList<PlannedTrial> trials)
    {
        var names = Names(trials);
        var text = new StringBuilder();
        text.AppendJoin(',', names.Select(Cell)).Append('\n');
        foreach (var trial in trials)
        {
            text.AppendJoin(',', names.Select(name => trial.Flags.TryGetValue(name, out var value) ? Cell(FlagGrammar.Encode(value)) : "")).Append('\n');
        }

        return text.ToString();
    }

    private static string Cell(string text) => text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;

    private static void WriteJson(Utf8JsonWriter writer, IReadOnlyList<PlannedTrial> trials)
    {
        writer.WriteStartArray();
        foreach (var trial in trials)
        {
            WriteJson(writer, trial.Flags);
        }

        writer.WriteEndArray();
    }

    private static void WriteJson(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case bool truth:
                writer.WriteBooleanValue(truth);
                break;
            case long number:
                writer.WriteNumberValue(number);
                break;
            case double number when double.IsFinite(number):
                writer.WriteRawValue(FlagGrammar.Encode(number));
                break;
            case IReadOnlyDictionary<string, object?> map:
                writer.WriteStartObject();
                foreach (var (name, entry) in map.OrderBy(e => e.Key, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(name);
                    WriteJson(writer, entry);
                }

                writer.WriteEndObject();
                break;
            case IReadOnlyList<object?> list:
                writer.WriteStartArray();
                foreach (var item in list)
                {
                    WriteJson(writer, item);
                }

                writer.WriteEndArray();
                break;
            default:
                writer.WriteStringValue(value as string ?? FlagGrammar.Encode(value));
                break;
        }
    }
}
