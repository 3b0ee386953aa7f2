using System.Text.Json.Nodes;
using Guild.Engine.GuildFiles;

namespace Guild.Engine.Tests.GuildFiles.Schema;

/// <summary>The schema has the names that Guild files can have, and no others, and says what each means.</summary>
public sealed class SchemaNamesTests
{
    public static TheoryData<string> Kinds => [.. ItemAttributes.All.Select(a => a.Kind)];

    [Fact]
    public void TheSchemaIsOneOfDraft7() => Assert.True(GuildFileSchema.IsDraft7());

    [Theory]
    [MemberData(nameof(Kinds))]
    public void AKindOfItemHasTheSameAttributesInTheSchema(string kind)
    {
        var attributes = ItemAttributes.All.Single(a => a.Kind == kind);

        Assert.Equal(
            attributes.Names.Concat(attributes.OldNames).Order(StringComparer.Ordinal),
            GuildFileSchema.Properties(kind).Select(p => p.Key).Order(StringComparer.Ordinal));
        Assert.Equal(
            attributes.OldNames.Order(StringComparer.Ordinal),
            GuildFileSchema.Properties(kind).Where(p => p.Value!["deprecationMessage"] is not null).Select(p => p.Key).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void NoAttributeIsListedTwice(string kind)
    {
        var attributes = ItemAttributes.All.Single(a => a.Kind == kind);

        Assert.Equal(attributes.Names.Count + attributes.OldNames.Count, attributes.Names.Concat(attributes.OldNames).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void AModelWithoutANameHasAllButTheName() =>
        Assert.Equal(GuildFileSchema.Properties("model").Select(p => p.Key).Where(k => k != "model"), GuildFileSchema.Properties("anonymousModel").Select(p => p.Key));

    [Fact]
    public void AConfigHasWhatModelsInherit() => Assert.Equal(
        Inheritance.Inheritable.Append("config").Append("extends").Order(StringComparer.Ordinal),
        GuildFileSchema.Properties("config").Select(p => p.Key).Order(StringComparer.Ordinal));

    [Fact]
    public void ATestHasWhatTestsHave() => Assert.Equal(TopLevel.TestKeys.Prepend("test"), GuildFileSchema.Properties("test").Select(p => p.Key));

    [Fact]
    public void AnItemIsOfOneOfTheTypes() => Assert.Equal(
        TopLevel.TypeKeys.Append("anonymousModel").Order(StringComparer.Ordinal),
        GuildFileSchema.Definition("item")["anyOf"]!.AsArray().Select(r => r!["$ref"]!.GetValue<string>()["#/definitions/".Length..]).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("model")]
    [InlineData("config")]
    [InlineData("package")]
    [InlineData("test")]
    public void AMappingThatIsOneItemIsKnownByTheSameNames(string type)
    {
        var names = GuildFileSchema.Definition("oneItem")["anyOf"]!.AsArray()
            .Single(c => c!["required"]![0]!.GetValue<string>() == type)!["propertyNames"]!["enum"]!.AsArray().Select(n => n!.GetValue<string>()).ToHashSet(StringComparer.Ordinal);
        var candidates = GuildFileSchema.Root["definitions"]!.AsObject().SelectMany(d => (d.Value!["properties"] as JsonObject ?? []).Select(p => p.Key)).Distinct(StringComparer.Ordinal).Where(n => n != type && n != "$include");

        // An item is read as one: a name of the model, config or package, or nothing at all for a test. Else each name is an operation.
        Assert.All(candidates, name =>
            Assert.True(names.Contains(name) == IsOneItem(type, name), name));
    }

    [Fact]
    public void TheTypesOfFlagsAreThoseThatThereAre() => Assert.Equal(
        Enum.GetValues<FlagType>().Select(FlagBinding.NameOf).Order(StringComparer.Ordinal),
        GuildFileSchema.Properties("flag")["type"]!["enum"]!.AsArray().Where(v => v is not null).Select(v => v!.GetValue<string>()).Order(StringComparer.Ordinal));

    [Fact]
    public void AllThatHasANameHasADescription()
    {
        var bare = new List<string>();
        var count = 0;
        Walk(GuildFileSchema.Root, "");

        Assert.Empty(bare);
        Assert.True(count > 150, $"{count}");

        void Walk(JsonNode? node, string path)
        {
            if (node is JsonArray list)
            {
                for (var i = 0; i < list.Count; i++)
                {
                    Walk(list[i], $"{path}/{i}");
                }
            }

            foreach (var (key, value) in node as JsonObject ?? [])
            {
                // The conditions that tell one form of a file from another define nothing.
                if (key is "properties" or "definitions" && !path.StartsWith("/definitions/oneItem", StringComparison.Ordinal))
                {
                    foreach (var (name, property) in value!.AsObject())
                    {
                        count++;
                        if (property!["description"] is not { } description || !description.GetValue<string>().EndsWith('.'))
                        {
                            bare.Add($"{path}/{key}/{name}");
                        }
                    }
                }

                Walk(value, $"{path}/{key}");
            }
        }
    }

    private static bool IsOneItem(string type, string name)
    {
        var parsed = GuildFileText.Parse($"{{{type}: x, {name}: null}}");
        var isOperation = parsed.Diagnostics.Any(d => d.Message.Contains("a string (its main) or a mapping", StringComparison.Ordinal));
        return !isOperation;
    }
}
