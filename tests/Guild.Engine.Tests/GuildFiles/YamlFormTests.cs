using System.Text;
using Guild.Engine.GuildFiles;

namespace Guild.Engine.Tests.GuildFiles;

/// <summary>The forms that YAML gives a Guild file.</summary>
public sealed class YamlFormTests
{
    [Fact]
    public void Anchors_stand_for_parts_and_merge_keys_fill_what_is_missing()
    {
        var operations = GuildFileText.Good(
            """
            - config: shared
              flags: &flags {lr: 0.1, epochs: &n {default: 3, type: int}}
            - model: m
              operations:
                a: &a {main: train, flags: *flags, tags: [x]}
                b: {<<: *a, main: other}
                c: {<<: [*a, {label: l}], flags: {n: *n}}
            """).Models[0].Operations;

        Assert.Equal(["train", "other", "train"], operations.Select(o => o.Main!));
        Assert.Equal(["epochs lr", "epochs lr", "n"], operations.Select(o => string.Join(' ', o.Flags.Select(f => f.Name))));
        Assert.Equal((FlagType.Int, 3L, "l"), (operations[2].Flags[0].Type, operations[2].Flags[0].Default, operations[2].Label));
        Assert.All(operations, o => Assert.Equal(["x"], o.Tags));
    }

    [Fact]
    public void Line_ends_of_Windows_and_a_byte_order_mark_change_nothing()
    {
        var text = "train:\n  main: t\n  description: |\n    One\n    two\n  flags:\n    a: 'x\n      y'\n";
        var windows = GuildFileReader.Parse([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text.Replace("\n", "\r\n", StringComparison.Ordinal))], GuildFileText.Path);

        var (expected, found) = (GuildFileText.Good(text).Models[0].Operations[0], windows.File!.Models[0].Operations[0]);
        Assert.Empty(windows.Diagnostics);
        Assert.Equal((expected.Description, expected.Flags[0].Default, expected.Flags[0].Position), (found.Description, found.Flags[0].Default, found.Flags[0].Position));
    }

    [Theory]
    [InlineData("1: x\n", "operation", "the number 1")]
    [InlineData("yes: x\n", "operation", "the boolean yes")]
    [InlineData("~: x\n", "operation", "nothing")]
    [InlineData("op: {flags: {1.5: x}}\n", "flag", "the number 1.5")]
    [InlineData("- model: m\n  resources: {2: [x]}\n", "resource", "the number 2")]
    [InlineData("op: {optimizers: {3: gp}}\n", "optimizer", "the number 3")]
    public void A_name_that_is_no_text_is_an_error_that_says_what_YAML_read(string text, string what, string found)
    {
        var finding = GuildFileText.Only(text);

        Assert.Equal("InvalidName", finding.Id);
        Assert.Contains(what, finding.Message, StringComparison.Ordinal);
        Assert.Contains(found, finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("- model: m\n  operations:\n    a: x\n    a: y\n", 4, 5)]
    [InlineData("a: x\na: y\n", 2, 1)]
    public void Of_a_name_that_is_there_twice_the_last_counts_as_for_Python_with_a_warning(string text, int line, int column)
    {
        var result = GuildFileText.Parse(text);

        Assert.Equal("y", Assert.Single(result.File!.Models[0].Operations).Main);
        var finding = Assert.Single(result.Diagnostics);
        Assert.Equal((DiagnosticSeverity.Warning, "DuplicateKey", new TextPosition(line, column)), (finding.Severity, finding.Id, finding.Position));
        Assert.Contains($"the first is in line {line - 1}", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("op: {exec: x, requires: {file: a, sha256: 0e10}}\n", 43)]
    [InlineData("op: {exec: x, requires: {file: a, sha256: 0e12345678901234567890123456789012345678901234567890123456789012}}\n", 43)]
    public void A_digest_without_quotes_that_is_a_number_to_YAML_is_an_error(string text, int column)
    {
        var finding = GuildFileText.Only(text);

        Assert.Equal(("InvalidSha256", 1, column), (finding.Id, finding.Position.Line, finding.Position.Column));
        Assert.Contains("quote it", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_digest_of_digits_only_keeps_each_of_them()
    {
        const string Digest = "0034567890123456789012345678901234567890123456789012345678901234";

        Assert.Equal(Digest, GuildFileText.Operation($"requires: {{file: a, sha256: {Digest}}}").Requires[0].Inline!.Sources[0].Sha256);
    }

    [Fact]
    public void A_flag_that_is_a_list_is_its_default_and_a_list_of_flags_is_an_error()
    {
        Assert.Equal(new object[] { "x" }, GuildFileText.Operation("flags: {a: [x]}").Flags[0].Default);
        var finding = GuildFileText.Only("op: {flags: [a, b]}\n");
        Assert.Equal(("WrongType", 1, 13), (finding.Id, finding.Position.Line, finding.Position.Column));
        Assert.Contains("expected a mapping, found a list", finding.Message, StringComparison.Ordinal);
    }
}
