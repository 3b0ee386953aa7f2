using System.Text.Json;
using System.Text.Json.Nodes;
using Guild.Engine.Tests.Operations;
using Guild.Engine.Yaml;
using Json.Schema;

namespace Guild.Engine.Tests.GuildFiles.Schema;

/// <summary>The schema of Guild files, as editors read it.</summary>
internal static class GuildFileSchema
{
    private static readonly string Text = File.ReadAllText(Path.Combine(TempProject.RepositoryRoot, "docs", "guild-file.schema.json"));

    private static readonly JsonSchema Compiled = JsonSchema.FromText(Text);

    public static JsonObject Root { get; } = JsonNode.Parse(Text)!.AsObject();

    /// <summary>What the schema calls a kind of item.</summary>
    public static JsonObject Definition(string name) => Root["definitions"]![name]!.AsObject();

    /// <summary>The attributes of a kind of item.</summary>
    public static JsonObject Properties(string kind) => (Definition(kind)["properties"] ?? Definition(kind)["then"]!["properties"])!.AsObject();

    public static bool Accepts(JsonNode? file) => Compiled.Evaluate(JsonSerializer.SerializeToElement(file)).IsValid;

    /// <summary>Why a file is not accepted; empty if it is.</summary>
    public static IReadOnlyList<string> Errors(JsonNode? file)
    {
        var result = Compiled.Evaluate(JsonSerializer.SerializeToElement(file), new EvaluationOptions { OutputFormat = OutputFormat.List });
        return result.IsValid ? [] : [.. (result.Details ?? []).Where(d => d.Errors is not null).SelectMany(d => d.Errors!.Select(e => $"{d.InstanceLocation}: {e.Value}"))];
    }

    /// <summary>Whether the schema is itself what draft 7 says of schemas.</summary>
    public static bool IsDraft7() => MetaSchemas.Draft7.Evaluate(JsonSerializer.SerializeToElement(Root)).IsValid;

    /// <summary>A Guild file as Guild reads it, in YAML 1.1.</summary>
    public static JsonNode? Read(string text) => Json(YamlComposer.Compose(text, YamlLimits.Default).Root, Scalar);

    /// <summary>A Guild file as editors read it unless they are told otherwise: in YAML 1.2 yes and no are texts.</summary>
    public static JsonNode? ReadAsEditor(string text) => Json(
        YamlComposer.Compose(text, YamlLimits.Default).Root,
        s => s is { Value: bool, Style: YamlScalarStyle.Plain } && s.Text.ToUpperInvariant() is not ("TRUE" or "FALSE") ? JsonValue.Create(s.Text) : Scalar(s));

    private static JsonNode? Json(YamlNode? node, Func<YamlScalar, JsonNode?> scalar) => node switch
    {
        YamlMapping mapping => new JsonObject(mapping.Entries.Select(e => KeyValuePair.Create(e.Key.Text, Json(e.Value, scalar)))),
        YamlSequence sequence => new JsonArray([.. sequence.Items.Select(i => Json(i, scalar))]),
        YamlScalar value => scalar(value),
        _ => null,
    };

    private static JsonValue? Scalar(YamlScalar scalar) => scalar.Value switch
    {
        bool truth => JsonValue.Create(truth),
        long number => JsonValue.Create(number),
        double number => JsonValue.Create(double.IsFinite(number) ? number : 1e300),
        string text => JsonValue.Create(text),
        _ => null,
    };
}
