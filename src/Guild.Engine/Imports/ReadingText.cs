using System.Globalization;
using System.Text.Json;
using Guild.Engine.GuildFiles;

namespace Guild.Engine.Imports;

/// <summary>Reads what the small Python programs answer.</summary>
internal static class ReadingText
{
    /// <summary>The reading of one answer.</summary>
    /// <param name="answer">The answer, with <c>flags</c>, <c>dest</c>, <c>description</c> and <c>problem</c> as far as they are there.</param>
    public static ScriptReading Of(JsonElement answer) => new()
    {
        Flags = answer.TryGetProperty("flags", out var flags) ? Flags(flags) : [],
        Destination = Text(answer, "dest") is { Length: > 0 } destination ? destination : null,
        Description = Text(answer, "description") ?? "",
        Kind = Text(answer, "kind") switch
        {
            "program" => ScriptKind.Program,
            "script" => ScriptKind.Script,
            "module" => ScriptKind.Module,
            _ => ScriptKind.Unknown,
        },
        Imports = answer.TryGetProperty("imports", out var imports) && imports.ValueKind == JsonValueKind.Array ? [.. imports.EnumerateArray().Select(i => i.GetString()!)] : [],
        Problem = Text(answer, "problem"),
    };

    /// <summary>A text of an object, or null.</summary>
    public static string? Text(JsonElement of, string name) =>
        of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>True if an object has a true value of that name.</summary>
    public static bool IsTrue(JsonElement of, string name) => of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    private static List<FlagDefinition> Flags(JsonElement flags)
    {
        var read = new List<FlagDefinition>(flags.GetArrayLength());
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var written in flags.EnumerateArray())
        {
            var flag = Flag(written);
            if (names.Add(flag.Name))
            {
                read.Add(flag);
            }
        }

        return read;
    }

    private static List<FlagChoice> Choices(JsonElement choices)
    {
        var read = new List<FlagChoice>(choices.GetArrayLength());
        foreach (var choice in choices.EnumerateArray())
        {
            read.Add(new FlagChoice { Value = Value(choice) });
        }

        return read;
    }

    private static FlagDefinition Flag(JsonElement flag)
    {
        var argSwitch = flag.TryGetProperty("arg-switch", out var given) ? Value(given) : null;
        return new FlagDefinition
        {
            Name = Text(flag, "name")!,
            Description = Text(flag, "description") ?? "",
            Default = flag.TryGetProperty("default", out var value) ? Value(value) : null,
            Type = Text(flag, "type") switch
            {
                "int" => FlagType.Int,
                "float" => FlagType.Float,
                "number" => FlagType.Number,
                "string" => FlagType.String,
                "boolean" => FlagType.Boolean,
                _ => FlagType.Auto,
            },
            IsRequired = IsTrue(flag, "required"),
            ArgName = Text(flag, "arg-name"),
            HasArgSwitch = argSwitch is not null,
            ArgSwitch = argSwitch,
            SplitsArg = IsTrue(flag, "arg-split"),
            Choices = flag.TryGetProperty("choices", out var choices) ? Choices(choices) : [],
            Minimum = Number(flag, "min"),
            Maximum = Number(flag, "max"),
        };
    }

    private static double? Number(JsonElement flag, string name) =>
        flag.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    // JSON has no infinities: they come as an object.
    private static object? Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.TryGetInt64(out var integer) ? (object)integer : value.GetDouble(),
        JsonValueKind.Object => Text(value, "float") switch
        {
            "inf" => double.PositiveInfinity,
            "-inf" => double.NegativeInfinity,
            "nan" => double.NaN,
            var text => text is null ? null : double.Parse(text, CultureInfo.InvariantCulture),
        },
        _ => null,
    };
}
