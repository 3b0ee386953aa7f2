using Guild.Engine.Flags;
using Guild.Engine.GuildFiles;
using Guild.Engine.Tests.Operations;

namespace Guild.Engine.Tests.Flags;

/// <summary>Flags as a text that a user edits.</summary>
public sealed class FlagSheetTests : IDisposable
{
    private readonly TempProject _project = new("""
        op:
          exec: 'true'
          flags:
            lr: {default: 0.1, type: float, description: "Learning rate\n\nSmall is slow"}
            n: {default: 3, type: int, alias: count}
            way: {choices: [sgd, adam], default: sgd}
            name: {type: string}
            needed: {required: yes}
            key: {secret: yes}
        """);

    public void Dispose() => _project.Dispose();

    [Fact]
    public void It_has_a_line_for_each_flag_and_says_what_each_is_for()
    {
        Assert.Equal("""
            # Flags of op. Lines that begin with # are left out.
            # What is not changed stays as it is; without any flag here nothing changes.

            # key is secret, and is not edited here.

            lr: [0.1, 0.2]
              # Learning rate
              # Small is slow

            n: 3

            name: '007'

            needed:
              # Required

            way: sgd
              # Choices: sgd, adam

            """.ReplaceLineEndings("\n"), Sheet("lr=[0.1,0.2]", "name=007").Text);
    }

    [Theory]
    [InlineData("lr: 0.1", "lr: 1e-3", "lr", 0.001)]
    [InlineData("n: 3", "n: 5", "n", 5L)]
    [InlineData("n: 3", "n: null", "n", null)]
    [InlineData("name:", "name: 010", "name", "010")]
    [InlineData("name:", "name: '[x]'", "name", "[x]")]
    [InlineData("way: sgd", "way: adam # better", "way", "adam")]
    [InlineData("lr: 0.1", "lr: [0:1]", "lr", "[0:1]")]
    [InlineData("lr: 0.1", "lr: uniform[0:1]", "lr", "uniform[0:1]")]
    [InlineData("lr: 0.1", "lr: '[0:1]'", "lr", "[0:1]")]
    public void Only_what_was_changed_is_given(string line, string edited, string flag, object? value)
    {
        var edit = Edit(Sheet(), text => text.Replace(line, edited, StringComparison.Ordinal));
        Assert.True(edit.IsChanged);
        Assert.Equal((flag, value), ValueOf(Assert.Single(edit.Flags)));
    }

    [Theory]
    [InlineData("lr: [1, 2]")]
    [InlineData("lr: [1,2]")]
    [InlineData("lr:\n- 1\n- 2")]
    [InlineData("lr: ['1', 2]")]
    public void A_list_is_a_list_however_it_is_written(string edited)
    {
        var edit = Edit(Sheet(), text => text.Replace("lr: 0.1", edited, StringComparison.Ordinal));
        var bound = FlagBinder.Bind(Operation, [.. edit.Flags, new("needed", new FlagText("1"))], new FlagBindingOptions(_project.ProjectPath, _project.ProjectPath, IsForced: false));
        Assert.Equal([1.0, 2.0], Assert.IsAssignableFrom<IReadOnlyList<object?>>(bound.Values["lr"]).Select(item => Convert.ToDouble(item, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void What_is_given_and_stays_is_given_as_before()
    {
        KeyValuePair<string, FlagInput>[] given = [new("count", new FlagText("7")), new("key", new FlagSecret("s")), new("data", new FlagText("x.csv"))];
        var edit = Edit(FlagSheet.Of(Operation, given), text => text.Replace("needed:", "needed: 1", StringComparison.Ordinal));
        Assert.Equal(["key", "data", "count", "needed"], edit.Flags.Select(flag => flag.Key));
        Assert.Same(given[0].Value, edit.Flags[2].Value);
    }

    [Fact]
    public void A_flag_that_was_given_and_is_taken_out_is_given_no_more()
    {
        var edit = Edit(Sheet("n=7", "lr=2"), text => text.Replace("n: 7\n", "", StringComparison.Ordinal));
        Assert.True(edit.IsChanged);
        Assert.Equal("lr", Assert.Single(edit.Flags).Key);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n \n")]
    [InlineData("# only a comment\n")]
    [InlineData("{}")]
    public void A_text_without_flags_changes_nothing(string text)
    {
        var edit = Sheet("n=7").Read(text);
        Assert.Equal((text == "{}", text == "{}" ? 0 : 1), (edit.IsChanged, edit.Flags.Count));
    }

    [Fact]
    public void An_unchanged_text_changes_nothing()
    {
        var sheet = Sheet("n=7", "lr=uniform[0:1]", "name='a: b'");
        var edit = sheet.Read(sheet.Text);
        Assert.False(edit.IsChanged);
        Assert.Equal(["lr", "n", "name"], edit.Flags.Select(flag => flag.Key).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("lr: [1", "line")]
    [InlineData("lr: 1\nlr: 2", "line 2")]
    [InlineData("- lr", "NAME: VALUE")]
    [InlineData("lr", "NAME: VALUE")]
    public void What_cannot_be_read_says_where(string text, string where) =>
        Assert.Contains(where, Assert.Throws<RequestException>(() => Sheet().Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_name_that_is_none_is_given_for_the_binder_to_refuse()
    {
        var edit = Sheet().Read("nope: 1\nneeded: 2");
        var error = Assert.Throws<FlagException>(() => FlagBinder.Bind(Operation, edit.Flags, new FlagBindingOptions(_project.ProjectPath, _project.ProjectPath, IsForced: false)));
        Assert.Equal("nope", Assert.Single(error.Problems).Flag);
    }

    [Fact]
    public void An_operation_without_flags_has_nothing_to_edit()
    {
        _project.Write("guild.yml", "{op: {exec: 'true'}}");
        Assert.False(Sheet().HasFlags);
    }

    private OperationDefinition Operation => _project.Project.Operations.Single();

    private FlagSheet Sheet(params string[] words) => FlagSheet.Of(Operation, _project.Request("op", words).Flags);

    private static FlagEdit Edit(FlagSheet sheet, Func<string, string> change) => sheet.Read(change(sheet.Text));

    private (string Name, object? Value) ValueOf(KeyValuePair<string, FlagInput> flag) => (flag.Key, flag.Value switch
    {
        FlagText text => FlagGrammar.Decode(text.Text, Operation.Flags.First(f => f.Name == flag.Key).Type),
        FlagValue value => value.Value,
        _ => null,
    });
}
