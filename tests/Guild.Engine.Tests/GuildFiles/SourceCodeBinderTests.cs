using Guild.Engine.GuildFiles;

namespace Guild.Engine.Tests.GuildFiles;

public sealed class SourceCodeBinderTests
{
    [Theory]
    [InlineData("sourcecode: no")]
    [InlineData("sourcecode: []")]
    [InlineData("sourcecode: {select: no}")]
    public void No_or_an_empty_list_copies_nothing(string attributes) => Assert.True(GuildFileText.Operation(attributes).SourceCode!.IsDisabled);

    [Theory]
    [InlineData("sourcecode:")]
    [InlineData("main: x")]
    public void Null_means_the_default_rules(string attributes) => Assert.Null(GuildFileText.Operation(attributes).SourceCode);

    [Theory]
    [InlineData("sourcecode: '*.py'", "-*|+*.py")]
    [InlineData("sourcecode: ['*.py', data]", "-*|+*.py|+data")]
    [InlineData("sourcecode: {select: ['*.py']}", "-*|+*.py")]
    public void Patterns_alone_replace_the_default_rules(string attributes, string rules)
    {
        var sourceCode = GuildFileText.Operation(attributes).SourceCode!;

        Assert.True(sourceCode.ReplacesDefaults);
        Assert.Equal(rules, Text(sourceCode));
    }

    [Theory]
    [InlineData("sourcecode: [{exclude: a}, {include: [b, c]}]", "-a|+b,c")]
    [InlineData("sourcecode: [{exclude: {dir: [x]}}, '*.py', {include: {text: t}}, {exclude: {binary: b}}]", "-Directory x|+*.py|+Text t|-Binary b")]
    public void Rules_are_appended_to_the_default_rules(string attributes, string rules)
    {
        var sourceCode = GuildFileText.Operation(attributes).SourceCode!;

        Assert.False(sourceCode.ReplacesDefaults);
        Assert.Equal(rules, Text(sourceCode));
    }

    [Fact]
    public void A_mapping_also_says_root_digest_and_destination()
    {
        var sourceCode = GuildFileText.Operation("sourcecode: {root: .., digest: no, dest: src}").SourceCode!;

        Assert.Equal(("..", false, "src"), (sourceCode.Root, sourceCode.HasDigest, sourceCode.Destination));
        Assert.Empty(sourceCode.Rules);
    }

    private static string Text(SourceCodeDefinition sourceCode) => string.Join('|', sourceCode.Rules.Select(r =>
        $"{(r.IsInclude ? "+" : "-")}{(r.Kind == SourceCodeRuleKind.Any ? "" : $"{r.Kind} ")}{string.Join(',', r.Patterns)}"));
}
