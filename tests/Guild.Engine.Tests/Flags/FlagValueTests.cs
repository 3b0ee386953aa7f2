using Guild.Engine.Flags;
using Guild.Engine.GuildFiles;
using Guild.Engine.Text;

namespace Guild.Engine.Tests.Flags;

/// <summary>Values of flags: their types, ranges and paths, and the parts of those that are split.</summary>
public sealed class FlagValueTests : FlagBinding
{
    [Theory]
    [InlineData(FlagType.Int, "3", "3")]
    [InlineData(FlagType.Int, "1_000", "1000")]
    [InlineData(FlagType.Int, "[1, 2]", "[1, 2]")]
    [InlineData(FlagType.Int, "range[1:3]", "[1, 2, 3]")]
    [InlineData(FlagType.Float, "3", "3.0")]
    [InlineData(FlagType.Float, "1e-3", "0.001")]
    [InlineData(FlagType.Float, "[1, 0.5]", "[1.0, 0.5]")]
    [InlineData(FlagType.Number, "3", "3")]
    [InlineData(FlagType.Number, "3.0", "3.0")]
    [InlineData(FlagType.Boolean, "yes", "True")]
    [InlineData(FlagType.Boolean, "0", "False")]
    [InlineData(FlagType.String, "123", "'123'")]
    [InlineData(FlagType.String, "[1, 2.0, a]", "['1', '2.0', 'a']")]
    [InlineData(FlagType.Auto, "123", "123")]
    [InlineData(FlagType.Auto, "'123'", "'123'")]
    [InlineData(FlagType.Float, "uniform[0:1]", "'uniform[0:1]'")]
    [InlineData(FlagType.Int, "[1:5]", "'[1:5]'")]
    public void Text_gets_the_type_of_its_flag(FlagType type, string text, string expected) =>
        Assert.Equal(expected, PythonText.Literal(Bind([Flag("x") with { Type = type }], ("x", text)).Values["x"]));

    [Theory]
    [InlineData(FlagType.Int, "3.0", "must be an int, but 3.0 is not")]
    [InlineData(FlagType.Int, "1e3", "must be an int, but 1000.0 is not")]
    [InlineData(FlagType.Int, "many", "must be an int, but many is not")]
    [InlineData(FlagType.Int, "yes", "must be an int, but yes is not")]
    [InlineData(FlagType.Int, "99999999999999999999", "must be an int of 64 bits")]
    [InlineData(FlagType.Int, "[1, x]", "must be an int, but x is not")]
    [InlineData(FlagType.Int, "", "must be an int, but '' is not")]
    [InlineData(FlagType.Float, "x y", "must be a float, but 'x y' is not")]
    [InlineData(FlagType.Number, "x", "must be a number, but x is not")]
    [InlineData(FlagType.Boolean, "maybe", "must be yes or no, but maybe is not")]
    [InlineData(FlagType.String, "{a: 1}", "must be text, but {a: 1} is not")]
    [InlineData(FlagType.Path, "{a: 1}", "must be a path, but {a: 1} is not")]
    public void A_value_that_does_not_fit_its_flag_is_a_problem(FlagType type, string text, string why)
    {
        var problem = Assert.Single(Problems([Flag("x") with { Type = type }], ("x", text)));

        Assert.Equal(FlagProblemKind.WrongType, problem.Kind);
        Assert.StartsWith($"Flag 'x' {why}", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FlagType.Auto, "123", "'123'")]
    [InlineData(FlagType.Auto, "yes", "'yes'")]
    [InlineData(FlagType.String, "[1]", "'[1]'")]
    [InlineData(FlagType.Int, "12", "12")]
    [InlineData(FlagType.Float, "1", "1.0")]
    [InlineData(FlagType.Number, "1.5", "1.5")]
    [InlineData(FlagType.Boolean, "no", "False")]
    [InlineData(FlagType.Auto, 3, "3")]
    [InlineData(FlagType.Auto, 3UL, "3")]
    [InlineData(FlagType.Auto, 1.0, "1.0")]
    [InlineData(FlagType.Auto, 0.1f, "0.1")]
    [InlineData(FlagType.Auto, null, "None")]
    [InlineData(FlagType.Auto, 'c', "'c'")]
    [InlineData(FlagType.Float, 3, "3.0")]
    [InlineData(FlagType.Boolean, 1, "True")]
    [InlineData(FlagType.String, 3, "'3'")]
    public void A_typed_value_keeps_its_type_unless_the_flag_says_otherwise(FlagType type, object? value, string expected) =>
        Assert.Equal(expected, PythonText.Literal(BindValue(Flag("x") with { Type = type }, value).Values["x"]));

    [Theory]
    [InlineData(FlagType.Int, 3.0)]
    [InlineData(FlagType.Int, true)]
    [InlineData(FlagType.Int, "3.0")]
    [InlineData(FlagType.Float, false)]
    [InlineData(FlagType.Float, "x")]
    [InlineData(FlagType.Boolean, "perhaps")]
    [InlineData(FlagType.Path, 3)]
    public void A_typed_value_is_never_made_into_another_one(FlagType type, object value)
    {
        var error = Assert.Throws<FlagException>(() => BindValue(Flag("x") with { Type = type }, value));

        Assert.Equal(FlagProblemKind.WrongType, Assert.Single(error.Problems).Kind);
    }

    [Fact]
    public void Arrays_and_hashtables_become_lists_and_dictionaries()
    {
        Assert.Equal("[1, 'a', [0.5]]", PythonText.Literal(BindValue(Flag("x"), new object[] { 1, "a", new[] { 0.5 } }).Values["x"]));
        Assert.Equal("{'k': [1]}", PythonText.Literal(BindValue(Flag("x"), new System.Collections.Hashtable { ["k"] = new[] { (byte)1 } }).Values["x"]));
    }

    [Fact]
    public void A_value_of_a_type_that_flags_do_not_have_is_a_problem()
    {
        var error = Assert.Throws<FlagException>(() => BindValue(Flag("x"), new Version(1, 0)));

        Assert.Equal("Flag 'x' must have another value: a value of type Version cannot be given to a flag.", Assert.Single(error.Problems).Message);
    }

    [Fact]
    public void A_list_that_holds_itself_is_a_problem_even_by_force()
    {
        var list = new List<object?>();
        list.Add(list);

        Assert.Throws<FlagException>(() => FlagBinder.Bind(
            Operation([Flag("x")]),
            [KeyValuePair.Create("x", (FlagInput)new FlagValue(list))],
            Options with { IsForced = true }));
    }

    [Fact]
    public void Paths_are_made_absolute_and_begin_at_the_home_folder_after_a_tilde()
    {
        var flag = Flag("p") with { Type = FlagType.Path };

        Assert.Equal(Path.Combine(Folder, "a", "b.csv"), Bind([flag], ("p", "a/b.csv")).Values["p"]);
        Assert.Equal(Path.Combine(Folder, "home", "b.csv"), Bind([flag], ("p", "~/b.csv")).Values["p"]);
        Assert.Equal(Path.Combine(Folder, "~b"), Bind([flag], ("p", "~b")).Values["p"]);
        Assert.Equal(Path.GetTempPath().TrimEnd('/'), Bind([flag], ("p", Path.GetTempPath().TrimEnd('/'))).Values["p"]);
        Assert.Equal("", Bind([flag], ("p", "")).Values["p"]);
        Assert.Equal(Path.Combine(Folder, "d"), Bind([flag with { Default = "d" }]).Values["p"]);
    }

    [Fact]
    public void A_path_that_must_exist_is_a_problem_if_it_does_not()
    {
        var flag = Flag("p") with { Type = FlagType.ExistingPath };
        File.WriteAllText(Path.Combine(Folder, "there"), "");

        Assert.Equal(Path.Combine(Folder, "there"), Bind([flag], ("p", "there")).Values["p"]);
        Assert.Contains($"'{Path.Combine(Folder, "gone")}' does not exist", Assert.Single(Problems([flag], ("p", "gone"))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("3", null)]
    [InlineData("1", null)]
    [InlineData("5", null)]
    [InlineData("0", "Flag 'x' is out of range (less than min 1): 0.")]
    [InlineData("5.5", "Flag 'x' is out of range (greater than max 5): 5.5.")]
    [InlineData("[1, 9]", "Flag 'x' is out of range (greater than max 5): 9.")]
    [InlineData("many", "Flag 'x' must be a number, since it has a range, but many is not.")]
    [InlineData("null", null)]
    [InlineData("uniform[0:9]", null)]
    public void Values_are_held_to_the_range(string text, string? problem) =>
        Assert.Equal(problem, ProblemOrNull(Flag("x") with { Minimum = 1, Maximum = 5 }, text));

    [Theory]
    [InlineData("1 2 3", "'1 2 3'")]
    [InlineData("[1, 2]", "[1, 2]")]
    public void A_value_that_is_split_is_checked_part_by_part(string text, string expected)
    {
        var flag = Flag("x") with { SplitsArg = true, Type = FlagType.Int, Maximum = 5 };

        Assert.Equal(expected, PythonText.Literal(Bind([flag], ("x", text)).Values["x"]));
        Assert.Equal(FlagProblemKind.WrongType, Assert.Single(Problems([flag], ("x", "1 b"))).Kind);
        Assert.Equal(FlagProblemKind.OutOfRange, Assert.Single(Problems([flag], ("x", "1 9"))).Kind);
    }

    [Fact]
    public void The_parts_of_a_split_value_are_choices_and_paths_each()
    {
        var choices = Flag("x") with { SplitsArg = true, ArgSeparator = ",", Choices = [Choice("a"), Choice("b")] };
        var paths = Flag("x") with { SplitsArg = true, Type = FlagType.Path };

        Assert.Equal("a,b", Bind([choices], ("x", "a,b")).Values["x"]);
        Assert.Equal("Flag 'x' must be one of a, b, but c is not.", Assert.Single(Problems([choices], ("x", "a,c"))).Message);
        Assert.Equal($"{Folder}/p {Folder}/q", Bind([paths], ("x", "p q")).Values["x"]);
        Assert.Equal(FlagProblemKind.WrongType, Assert.Single(Problems([paths], ("x", "'p"))).Kind);
    }
}
