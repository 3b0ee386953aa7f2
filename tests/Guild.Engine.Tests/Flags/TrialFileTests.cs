using Guild.Engine.Flags;

namespace Guild.Engine.Tests.Flags;

public sealed class TrialFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("guild trials-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("t.csv", "lr,name\n0.1,a\n0.2,\"b, \"\"c\"\"\nd\"\n")]
    [InlineData("t", "lr, name\r\n0.1,a\r\n\r\n0.2,\"b, \"\"c\"\"\nd\"")]
    [InlineData("T.CSV", "\uFEFFlr,name\n0.1,a\n0.2,\"b, \"\"c\"\"\nd\"\n\n")]
    public void Rows_below_the_names_are_trials_whose_cells_are_read_as_if_typed(string name, string text) => Assert.Equal(
        ["lr:0.1 name:a", "lr:0.2 name:b, \"c\"\nd"],
        Read(name, text).Select(t => string.Join(' ', t.Flags.Select(f => $"{f.Key}:{Assert.IsType<FlagText>(f.Value).Text}"))));

    [Theory]
    [InlineData("t.json", "[{\"lr\": 0.1, \"n\": \"1\"}, {\"lr\": null}]")]
    [InlineData("t.yml", "- {lr: 0.1, n: '1'}\n- lr:\n")]
    [InlineData("t.yaml", "- {lr: 0.1, n: '1'}\n- lr:\n")]
    public void Mappings_of_a_list_are_trials_whose_values_have_types(string name, string text)
    {
        var trials = Read(name, text);

        Assert.Equal([new("lr", new FlagValue(0.1)), new("n", new FlagValue("1"))], trials[0].Flags);
        Assert.Equal([new("lr", new FlagValue(null))], trials[1].Flags);
    }

    [Fact]
    public void A_single_mapping_is_a_single_trial() => Assert.Equal([new("a", new FlagValue(1L))], Assert.Single(Read("t.json", "{\"a\": 1}")).Flags);

    [Fact]
    public void A_row_that_ends_early_leaves_the_other_flags_alone() => Assert.Equal([1, 2], Read("t.csv", "a,b\n1\n1,\n").Select(t => t.Flags.Count));

    [Theory]
    [InlineData("t.txt", "a\n1\n", ".txt")]
    [InlineData("t.csv", "", "no trials")]
    [InlineData("t.csv", "a,b\n", "no trials")]
    [InlineData("t.csv", "a,,b\n1,2,3\n", "first row")]
    [InlineData("t.csv", "a,a\n1,2\n", "first row")]
    [InlineData("t.csv", "a,b\n1,2\n\n1,2,3\n", "line 4 has 3 values for 2 flags")]
    [InlineData("t.csv", "a,b\n1,\"2\n", "line 2 is not closed")]
    [InlineData("t.json", "[]", "no trials")]
    [InlineData("t.json", "[1]", "trial 1 must be a mapping, and is 1")]
    [InlineData("t.yml", "text\n", "must be a list or a mapping")]
    [InlineData("t.yml", "a: [\n", "line 2")]
    public void What_holds_no_trials_is_an_error_that_names_the_file_and_the_place(string name, string text, string what)
    {
        var error = Assert.Throws<RequestException>(() => Read(name, text));

        Assert.Contains(what, error.Message, StringComparison.Ordinal);
        Assert.Contains($"'{Path.Combine(_folder.FullName, name)}'", error.Message, StringComparison.Ordinal);
        Assert.NotNull(error.RecommendedAction);
    }

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        var path = Path.Combine(_folder.FullName, "none.csv");

        var error = Assert.Throws<RequestException>(() => TrialFile.Read(path));
        Assert.Contains("no such file", error.Message, StringComparison.Ordinal);
        Assert.Equal(path, error.Subject);
    }

    private IReadOnlyList<Trial> Read(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return TrialFile.Read(path);
    }
}
