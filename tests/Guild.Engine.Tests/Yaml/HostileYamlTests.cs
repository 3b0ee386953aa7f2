using System.Globalization;
using System.Text;
using Guild.Engine.Yaml;

namespace Guild.Engine.Tests.Yaml;

public sealed class HostileYamlTests
{
    [Fact]
    public void Aliases_that_expand_without_end_are_refused()
    {
        var text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 12; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        }

        var problem = Assert.Single(YamlComposer.Compose(text.ToString(), YamlLimits.Default).Problems);
        Assert.Equal(YamlProblemKind.TooLarge, problem.Kind);
    }

    [Fact]
    public void Merge_keys_that_expand_without_end_are_refused()
    {
        var text = new StringBuilder("a0: &a0 {" + string.Join(", ", Enumerable.Range(0, 1000).Select(i => $"k{i}: 1")) + "}\n");
        for (var i = 1; i < 2000; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"a{i}: &a{i} {{<<: *a{i - 1}}}\n");
        }

        Assert.Contains(YamlComposer.Compose(text.ToString(), YamlLimits.Default).Problems, p => p.Kind == YamlProblemKind.TooLarge);
    }

    [Theory]
    [InlineData("[", "")]
    [InlineData("{a: ", "")]
    [InlineData("- ", "")]
    [InlineData("? ", "")]
    public void Ten_thousand_levels_are_refused(string opening, string closing)
    {
        var text = string.Concat(Enumerable.Repeat(opening, 10_000)) + closing;

        var problem = Assert.Single(YamlComposer.Compose(text, YamlLimits.Default).Problems);
        Assert.Equal(YamlProblemKind.TooLarge, problem.Kind);
    }

    [Fact]
    public void Levels_that_come_by_aliases_count_too()
    {
        var text = new StringBuilder("a0: &a0 [x]\n");
        for (var i = 1; i < 300; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"a{i}: &a{i} [*a{i - 1}]\n");
        }

        Assert.Contains(YamlComposer.Compose(text.ToString(), YamlLimits.Default).Problems, p => p.Kind == YamlProblemKind.TooLarge);
    }

    [Fact]
    public void Two_hundred_levels_are_read()
    {
        var text = new string('[', 200) + new string(']', 200);

        Assert.Empty(YamlComposer.Compose(text, YamlLimits.Default).Problems);
    }

    [Fact]
    public void A_line_of_fifty_megabytes_is_refused_before_it_is_parsed()
    {
        var bytes = new byte[50_000_000];
        bytes.AsSpan().Fill((byte)'x');

        Assert.Equal(YamlProblemKind.TooLarge, YamlEncoding.Decode(bytes).Problem?.Kind);
    }

    [Fact]
    public void A_million_items_are_refused()
    {
        var text = "[" + string.Concat(Enumerable.Repeat("1,", 1_100_000)) + "]";

        Assert.Equal(YamlProblemKind.TooLarge, Assert.Single(YamlComposer.Compose(text, YamlLimits.Default).Problems).Kind);
    }
}
