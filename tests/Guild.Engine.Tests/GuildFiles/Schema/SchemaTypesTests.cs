using System.Text.Json.Nodes;
using Guild.Engine.GuildFiles;

namespace Guild.Engine.Tests.GuildFiles.Schema;

/// <summary>What the schema accepts as the value of an attribute, Guild reads without a finding; what it does not accept is a finding.</summary>
public sealed class SchemaTypesTests : IDisposable
{
    private const string Config = "config";

    // Values of each kind, nested as far as any attribute looks.
    private static readonly string[] Samples =
    [
        "null", "true", "false", "5", "-1", "1.5", "\"text\"", "[]", "[\"text\"]", "[\"text\", \"text\"]", "[5]", "[true]", "[null]", "[[\"text\"]]", "[{}]", "[{\"zzzz\": \"text\"}]",
        "{}", "{\"zzzz\": \"text\"}", "{\"zzzz\": 5}", "{\"zzzz\": null}", "{\"zzzz\": {}}", "{\"zzzz\": [\"text\"]}", "{\"zzzz\": [5]}", "{\"zzzz\": {\"zzzz\": 5}}", "{\"$include\": \"text\"}",
        "{\"include\": \"text\"}", "[{\"exclude\": [\"text\"]}]", "[{\"include\": \"text\", \"exclude\": \"text\"}]", "{\"select\": \"text\"}", "{\"dir\": \"text\"}", "{\"dir\": \"text\", \"text\": \"text\"}",
        "{\"minimize\": \"text\"}", "{\"minimize\": 5}", "{\"value\": 5}", "[{\"value\": 5}]", "[{\"value\": 5, \"zzzz\": 5}]", "{\"file\": \"text\"}", "[{\"file\": \"text\"}]", "[{\"file\": \"text\", \"url\": \"text\"}]",
        "[{\"file\": 5}]", "[{\"resource\": \"text\"}]", "[{\"resource\": null}]", "[{\"resource\": \"not one\"}]", "[{\"sources\": [\"text\"]}]", "[{\"sources\": 5}]", "{\"pattern\": \"text\"}", "[{\"repl\": \"text\"}]",
        "{\"zzzz\": {\"exec\": \"text\"}}", "{\"zzzz\": {\"exec\": 5}}", "{\"zzzz\": {\"default\": 5, \"min\": \"text\"}}", "{\"main\": \"text\"}", "{\"main\": []}", "[{\"dvcfile\": \"text\"}]",
    ];

    // What is said of attributes that are read as they are meant.
    private static readonly string[] Remarks = ["OldName", "IgnoredAttribute"];

    private readonly GuildFileFolder _folder = new();

    public SchemaTypesTests()
    {
        // What an include named "text" finds.
        _folder.Write("text", "");
    }

    public static TheoryData<string, string> Attributes
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var attributes in ItemAttributes.All)
            {
                foreach (var name in attributes.Names.Concat(attributes.OldNames))
                {
                    data.Add(attributes.Kind, name);
                }
            }

            foreach (var name in Inheritance.Inheritable.Append("extends"))
            {
                data.Add(Config, name);
            }

            return data;
        }
    }

    public static TheoryData<string> Kinds => [.. ItemAttributes.All.Select(a => a.Kind), Config];

    [Theory]
    [MemberData(nameof(Attributes))]
    public void WhatTheSchemaAcceptsIsReadAndWhatItDoesNotIsFound(string kind, string attribute)
    {
        var property = GuildFileSchema.Properties(kind)[attribute]!;
        var told = (property["examples"]?.AsArray() ?? []).Concat(property["enum"]?.AsArray() ?? []).Select(v => v?.ToJsonString() ?? "null").ToList();
        var accepted = 0;
        foreach (var sample in Samples.Concat(told).Distinct(StringComparer.Ordinal))
        {
            var file = File(kind, attribute, JsonNode.Parse(sample));

            var isAccepted = GuildFileSchema.Accepts(file);

            AssertAgree(isAccepted, file, $"{kind}.{attribute}: {sample}");
            accepted += isAccepted ? 1 : 0;
            Assert.True(isAccepted || !told.Contains(sample), $"The schema does not accept its own example {sample}.");
        }

        Assert.True(accepted > 0 || attribute == "plugin-op", "Nothing is accepted, so nothing was tried.");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void ANameThatNobodyKnowsIsNoneInTheSchemaEither(string kind)
    {
        var file = File(kind, "zzzz", JsonValue.Create("text"));

        AssertAgree(GuildFileSchema.Accepts(file), file, kind);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("5")]
    [InlineData("\"text\"")]
    [InlineData("[null]")]
    [InlineData("[\"text\"]")]
    [InlineData("[{}]")]
    [InlineData("{\"train\": \"train\", \"model\": \"x\"}")]
    [InlineData("{\"train\": 5}")]
    [InlineData("{\"model\": \"m\", \"description\": \"d\"}")]
    [InlineData("{\"model\": \"m\", \"default\": \"d\"}")]
    [InlineData("{\"model\": \"m\"}")]
    [InlineData("{\"model\": {\"main\": \"x\"}, \"description\": \"d\"}")]
    [InlineData("{\"package\": \"p\", \"version\": \"1\"}")]
    [InlineData("{\"package\": \"p\", \"version\": []}")]
    [InlineData("[{\"operations\": {\"train\": \"train\"}}]")]
    [InlineData("[{\"operations\": {\"train\": \"train\"}, \"description\": []}]")]
    [InlineData("[{\"model\": \"m\", \"config\": \"c\"}]")]
    [InlineData("[{\"config\": \"c\", \"package\": \"p\"}]")]
    [InlineData("[{\"test\": \"t\", \"include\": \"text\"}]")]
    [InlineData("[{\"model\": 5}]")]
    [InlineData("[{\"config\": null}]")]
    [InlineData("[{\"description\": \"d\"}]")]
    [InlineData("[{\"model\": \"m\"}, {\"package\": \"p\"}, {\"include\": [\"text\"]}, {\"config\": \"c\", \"whatever\": 5}]")]
    public void TheFormsOfAFileAreTheSame(string text)
    {
        var file = JsonNode.Parse(text);

        AssertAgree(GuildFileSchema.Accepts(file), file, text);
    }

    public void Dispose() => _folder.Dispose();

    private void AssertAgree(bool isAccepted, JsonNode? file, string what)
    {
        var text = file?.ToJsonString() ?? "null";
        var findings = _folder.Read(text).Diagnostics;
        var isRead = findings.All(d => Remarks.Contains(d.Id) || d is { Id: "NotSupportedYet", Severity: DiagnosticSeverity.Warning });

        // What has no effect in this version is a warning whatever its value is.
        Assert.True(
            isAccepted == isRead || (!isAccepted && findings.Any(d => d.Id == "NotSupportedYet")),
            $"{what} is {(isAccepted ? "accepted" : "not accepted")} by the schema; findings: {string.Join("; ", findings)} in {text}");
    }

    /// <summary>A file that is right but for one attribute, perhaps.</summary>
    private static JsonArray File(string kind, string attribute, JsonNode? value)
    {
        var item = Base(kind, attribute);
        item[attribute] = value;
        return kind switch
        {
            "model" or "package" or "include" => [item, ConfigNamed("text")],
            Config => [item, ConfigNamed("text"), new JsonObject { ["model"] = "m", ["extends"] = "c" }],
            "operation" => InOperation(item),
            "flag" => InFlag(item),
            "choice" => InFlag(new JsonObject { ["choices"] = new JsonArray(item) }),
            "resource" => InModel("resources", new JsonObject { ["r"] = item }),
            "source" => InSource(item),
            "rename" => InSource(new JsonObject { ["file"] = "text", ["rename"] = item }),
            "namedRequirement" or "inlineResource" or "inlineSource" => InOperation(new JsonObject { ["requires"] = new JsonArray(item) }),
            "sourceCode" => InOperation(new JsonObject { ["sourcecode"] = item }),
            "sourceCodeRule" => InOperation(new JsonObject { ["sourcecode"] = new JsonArray(item) }),
            "optimizer" => InOperation(new JsonObject { ["main"] = "x", ["optimizers"] = new JsonObject { ["gp"] = item } }),
            "step" => InOperation(new JsonObject { ["steps"] = new JsonArray(item) }),
            "fileCheck" or "outputCheck" => InOperation(new JsonObject { ["steps"] = new JsonArray(new JsonObject { ["run"] = "op", ["expect"] = item }) }),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A kind of item that is tried nowhere."),
        };
    }

    // What an item of the kind needs beside the attribute to be right.
    private static JsonObject Base(string kind, string attribute) => (kind, attribute) switch
    {
        ("model", "model") => [],
        ("model", _) => new() { ["model"] = "m", ["operations"] = Taking("m") },
        (Config, _) => new() { ["config"] = "c", ["operations"] = Taking("c") },
        ("package", _) => new() { ["package"] = "p" },
        ("include", _) => new() { ["include"] = "text" },
        ("choice", _) => new() { ["value"] = 1 },
        ("namedRequirement", _) => new() { ["resource"] = "r" },
        ("inlineResource", _) => new() { ["sources"] = new JsonArray() },
        ("source" or "inlineSource", _) when !SourceBinder.TypeKeys.Contains(attribute) => new() { ["file"] = "text" },
        ("rename", "pattern") => new() { ["repl"] = "text" },
        ("rename", _) => new() { ["pattern"] = "text" },
        ("step", _) => new() { ["run"] = "op" },
        ("fileCheck", _) => new() { ["file"] = "text" },
        ("outputCheck", _) => new() { ["output"] = "text" },
        ("sourceCodeRule", "zzzz") => new() { ["include"] = "text" },
        _ => [],
    };

    // The flags and defaults of a model are looked at when an operation takes them.
    private static JsonObject Taking(string item) => new() { ["op"] = new JsonObject { ["flags"] = new JsonObject { ["$include"] = item } } };

    private static JsonObject ConfigNamed(string name) => new() { ["config"] = name };

    private static JsonArray InModel(string section, JsonObject content) => [new JsonObject { ["model"] = "m", [section] = content }, ConfigNamed("text")];

    private static JsonArray InOperation(JsonObject operation) => InModel("operations", new JsonObject { ["op"] = operation });

    private static JsonArray InFlag(JsonObject flag) => InOperation(new JsonObject { ["main"] = "x", ["flags"] = new JsonObject { ["f"] = flag } });

    private static JsonArray InSource(JsonObject source) => InModel("resources", new JsonObject { ["r"] = new JsonArray(source) });
}
