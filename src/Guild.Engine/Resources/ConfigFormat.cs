using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using Guild.Engine.SourceCode;
using Guild.Engine.Text;
using Guild.Engine.Yaml;

namespace Guild.Engine.Resources;

/// <summary>A form of configuration files that can be rewritten: names with values, which can be such names again.</summary>
internal abstract class ConfigFormat
{
    private static readonly ConfigFormat Yaml = new YamlFormat();
    private static readonly ConfigFormat Json = new JsonFormat();
    private static readonly ConfigFormat Ini = new IniFormat();

    /// <summary>The form of a file by its extension, of which <c>.in</c> at the end is no part; null if there is none.</summary>
    public static ConfigFormat? For(string path)
    {
        var name = path.EndsWith(".in", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        return Path.GetExtension(name).ToUpperInvariant() switch
        {
            ".YML" or ".YAML" => Yaml,
            ".JSON" => Json,
            ".INI" or ".CFG" => Ini,
            _ => null,
        };
    }

    /// <summary>Reads the names at the top; null if there are none but a value. Raises what the form raises for malformed text.</summary>
    public abstract Dictionary<string, object?>? Read(string text);

    /// <summary>True if what is written means the value: then it stays as it is written.</summary>
    public virtual bool Means(object? written, object? value) => false;

    /// <summary>What is wrong with a file that could not be read, with line and column where they are known.</summary>
    public static string ProblemOf(Exception error) => (error as JsonException ?? error.InnerException as JsonException) is { LineNumber: { } line } json
        ? $"line {line + 1}, column {json.BytePositionInLine + 1}: {Sentence(json.Message)}"
        : error is YamlTextException yaml ? $"line {yaml.Position.Line}, column {yaml.Position.Column}: {yaml.Message}" : error.Message;

    // The place stands at the end of the framework's message, counted from 0.
    private static string Sentence(string message) => message.IndexOf(" LineNumber:", StringComparison.Ordinal) is var at and > 0 ? message[..at] : message;

    /// <summary>Writes the names in their order.</summary>
    public abstract string Write(Dictionary<string, object?> root);

    private static Dictionary<string, object?>? Mapping(object? value) =>
        value is IReadOnlyDictionary<string, object?> mapping ? new Dictionary<string, object?>(mapping, StringComparer.Ordinal) : null;

    private sealed class YamlFormat : ConfigFormat
    {
        // An empty file is an empty mapping.
        public override Dictionary<string, object?>? Read(string text) =>
            YamlText.Read(text) is { } value ? Mapping(value) : new Dictionary<string, object?>(StringComparer.Ordinal);

        public override string Write(Dictionary<string, object?> root) => YamlText.Write(root);
    }

    private sealed class JsonFormat : ConfigFormat
    {
        public override Dictionary<string, object?>? Read(string text)
        {
            try
            {
                using var document = JsonDocument.Parse(text);
                return Mapping(Value(document.RootElement));
            }
            catch (JsonException error)
            {
                throw new FormatException(error.Message, error);
            }
        }

        public override string Write(Dictionary<string, object?> root)
        {
            using var stream = new MemoryStream();
            using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
            {
                Write(writer, root);
            }

            return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
        }

        private static object? Value(JsonElement element) => element.ValueKind switch
        {
            JsonValueKind.Object => element.EnumerateObject()
                .GroupBy(property => property.Name, StringComparer.Ordinal)
                .ToDictionary(group => group.Key, group => Value(group.Last().Value), StringComparer.Ordinal),
            JsonValueKind.Array => element.EnumerateArray().Select(Value).ToArray(),
            JsonValueKind.String => element.GetString(),
            JsonValueKind.Number => Number(element),
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => null,
        };

        // A whole number of any length keeps its digits.
        private static object Number(JsonElement element) =>
            element.TryGetInt64(out var number) ? number
            : BigInteger.TryParse(element.GetRawText(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var big) ? big
            : element.GetDouble();

        private static void Write(Utf8JsonWriter writer, object? value)
        {
            switch (value)
            {
                case IReadOnlyDictionary<string, object?> mapping:
                    writer.WriteStartObject();
                    foreach (var (name, inner) in mapping.OrderBy(pair => pair.Key, CodePointOrder.Instance))
                    {
                        writer.WritePropertyName(name);
                        Write(writer, inner);
                    }

                    writer.WriteEndObject();
                    break;
                case IReadOnlyList<object?> list:
                    writer.WriteStartArray();
                    foreach (var item in list)
                    {
                        Write(writer, item);
                    }

                    writer.WriteEndArray();
                    break;
                case bool truth:
                    writer.WriteBooleanValue(truth);
                    break;
                case long number:
                    writer.WriteNumberValue(number);
                    break;
                case BigInteger number:
                    writer.WriteRawValue(number.ToString(CultureInfo.InvariantCulture));
                    break;
                case double number when double.IsInteger(number):
                    // Without a point it would be read as a whole number.
                    writer.WriteRawValue(PythonText.Float(number));
                    break;
                case double number:
                    writer.WriteNumberValue(number);
                    break;
                case null:
                    writer.WriteNullValue();
                    break;
                default:
                    writer.WriteStringValue(value.ToString());
                    break;
            }
        }
    }
}
