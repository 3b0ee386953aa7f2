using Guild.Engine.Flags;
using Guild.Engine.GuildFiles;
using Guild.Engine.Text;

namespace Guild.Engine.Tests.Flags;

public sealed class FlagBinderTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("guild-flags-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Flags_that_are_not_given_have_their_defaults_and_all_are_in_ordinal_order()
    {
        var bound = Bind([Flag("lr", 0.1), Flag("b"), Flag("Z", "x"), Flag("a", true)]);

        Assert.Equal(["Z", "a", "b", "lr"], bound.Values.Keys);
        Assert.Equal(["x", true, null, 0.1], bound.Values.Values);
        Assert.Empty(bound.UserValues);
    }

    [Fact]
    public void What_the_user_gives_comes_before_the_default_even_null_and_is_told_apart()
    {
        var bound = Bind([Flag("a", 1L), Flag("b", 2L), Flag("c", 3L)], ("a", "5"), ("b", "null"));

        Assert.Equal([5L, null, 3L], bound.Values.Values);
        Assert.Equal(["a", "b"], bound.UserValues.Keys);
    }

    [Fact]
    public void Of_a_flag_that_is_given_twice_the_last_value_counts() => Assert.Equal(2L, Bind([Flag("a")], ("a", "1"), ("a", "2")).Values["a"]);

    [Fact]
    public void An_alias_stands_for_the_name()
    {
        var bound = Bind([Flag("learning-rate", 0.1) with { Alias = "lr" }], ("lr", "0.5"));

        Assert.Equal(0.5, bound.Values["learning-rate"]);
        Assert.Equal(["learning-rate"], bound.UserValues.Keys);
        Assert.Equal(["learning-rate"], bound.Values.Keys);
    }

    [Fact]
    public void A_flag_given_by_name_and_by_alias_is_a_problem()
    {
        var problem = Assert.Single(Problems([Flag("rate") with { Alias = "r" }], ("r", "1"), ("rate", "2")));

        Assert.Equal(FlagProblemKind.GivenTwice, problem.Kind);
        Assert.Equal("Flag 'rate' is given twice: by its name and by its alias 'r'.", problem.Message);
    }

    [Fact]
    public void A_flag_that_is_unknown_lists_the_nearest_name_first()
    {
        var problem = Assert.Single(Problems([Flag("lr"), Flag("epochs"), Flag("batch-size")], ("epoch", "3")));

        Assert.Equal(FlagProblemKind.Unknown, problem.Kind);
        Assert.Equal("epoch", problem.Flag);
        Assert.StartsWith("Operation 'm:train' has no flag 'epoch'; its flags are, nearest first: epochs,", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_problems_come_in_one_error_in_the_order_of_the_names()
    {
        FlagDefinition[] flags = [Flag("n") with { Type = FlagType.Int }, Flag("z") with { IsRequired = true }, Flag("c") with { Choices = [Choice("x")] }, Flag("m") with { Maximum = 1 }];

        var error = Assert.Throws<FlagException>(() => Bind(flags, ("n", "many"), ("c", "y"), ("m", "2"), ("foo", "1")));

        Assert.Equal(["c", "foo", "m", "n", "z"], error.Problems.Select(problem => problem.Flag));
        Assert.Equal(
            [FlagProblemKind.NotAChoice, FlagProblemKind.Unknown, FlagProblemKind.OutOfRange, FlagProblemKind.WrongType, FlagProblemKind.Missing],
            error.Problems.Select(problem => problem.Kind));
    }

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

        Assert.Contains("Version", Assert.Single(error.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Paths_are_made_absolute_and_begin_at_the_home_folder_after_a_tilde()
    {
        var flag = Flag("p") with { Type = FlagType.Path };

        Assert.Equal(Path.Combine(folder, "a", "b.csv"), Bind([flag], ("p", "a/b.csv")).Values["p"]);
        Assert.Equal(Path.Combine(folder, "home", "b.csv"), Bind([flag], ("p", "~/b.csv")).Values["p"]);
        Assert.Equal(Path.Combine(folder, "~b"), Bind([flag], ("p", "~b")).Values["p"]);
        Assert.Equal(Path.GetTempPath().TrimEnd('/'), Bind([flag], ("p", Path.GetTempPath().TrimEnd('/'))).Values["p"]);
        Assert.Equal("", Bind([flag], ("p", "")).Values["p"]);
        Assert.Equal(Path.Combine(folder, "d"), Bind([flag with { Default = "d" }]).Values["p"]);
    }

    [Fact]
    public void A_path_that_must_exist_is_a_problem_if_it_does_not()
    {
        var flag = Flag("p") with { Type = FlagType.ExistingPath };
        File.WriteAllText(Path.Combine(folder, "there"), "");

        Assert.Equal(Path.Combine(folder, "there"), Bind([flag], ("p", "there")).Values["p"]);
        Assert.Contains($"'{Path.Combine(folder, "gone")}' does not exist", Assert.Single(Problems([flag], ("p", "gone"))).Message, StringComparison.Ordinal);
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
    [InlineData("sgd", null)]
    [InlineData("[sgd, adam]", null)]
    [InlineData("null", null)]
    [InlineData("other", "Flag 'x' must be one of sgd, adam, but other is not.")]
    [InlineData("", "Flag 'x' must be one of sgd, adam, but '' is not.")]
    [InlineData("0", "Flag 'x' must be one of sgd, adam, but 0 is not.")]
    [InlineData("false", "Flag 'x' must be one of sgd, adam, but no is not.")]
    [InlineData("[sgd, nope]", "Flag 'x' must be one of sgd, adam, but nope is not.")]
    public void Values_are_held_to_the_choices(string text, string? problem) =>
        Assert.Equal(problem, ProblemOrNull(Flag("x") with { Choices = [Choice("sgd"), Choice("adam")] }, text));

    [Fact]
    public void Other_values_than_the_choices_are_taken_where_the_flag_allows_them() =>
        Assert.Equal("other", Bind([Flag("x") with { Choices = [Choice("a")], AllowsOther = true }], ("x", "other")).Values["x"]);

    [Fact]
    public void A_choice_is_compared_as_the_type_of_the_flag_has_it()
    {
        var flag = Flag("x") with { Type = FlagType.String, Choices = [Choice(1L), Choice(2L)] };

        Assert.Equal("2", Bind([flag], ("x", "2")).Values["x"]);
        Assert.Equal(1.0, Bind([Flag("x") with { Choices = [Choice(1L)] }], ("x", "1.0")).Values["x"]);
    }

    [Theory]
    [InlineData("on")]
    [InlineData("1")]
    [InlineData("1_0")]
    public void A_choice_that_is_text_is_meant_by_typing_that_text(string text) =>
        Assert.Equal(text, Bind([Flag("x") with { Choices = [Choice("on"), Choice("1"), Choice("1_0")] }], ("x", text)).Values["x"]);

    [Theory]
    [InlineData("small", "10")]
    [InlineData("10", "10")]
    [InlineData("[small, big]", "[10, 20]")]
    [InlineData("1e9", "20")]
    public void The_alias_of_a_choice_stands_for_its_value(string text, string expected)
    {
        var flag = Flag("x") with
        {
            Type = FlagType.Int,
            Choices = [Choice(10L) with { Alias = "small" }, Choice(20L) with { Alias = "big" }, Choice(20L) with { Alias = "1e9" }],
        };

        Assert.Equal(expected, PythonText.Literal(Bind([flag], ("x", text)).Values["x"]));
    }

    [Fact]
    public void A_choice_sets_other_flags_unless_the_user_sets_them()
    {
        FlagDefinition[] flags =
        [
            Flag("size", "small") with { Choices = [Choice("small"), Choice("big", ("layers", 10L), ("units", "512"))] },
            Flag("layers", 1L),
            Flag("units", 8L) with { Type = FlagType.Int },
        ];

        Assert.Equal([1L, "small", 8L], Bind(flags).Values.Values);
        Assert.Equal([10L, "big", 512L], Bind(flags, ("size", "big")).Values.Values);
        Assert.Equal([3L, "big", 512L], Bind(flags, ("size", "big"), ("layers", "3")).Values.Values);
    }

    [Fact]
    public void A_choice_that_sets_another_choice_brings_that_ones_flags_too()
    {
        FlagDefinition[] flags =
        [
            Flag("z", "off") with { Choices = [Choice("off"), Choice("on", ("m", "fast"))] },
            Flag("m", "slow") with { Choices = [Choice("slow"), Choice("fast", ("a", 7L))] },
            Flag("a", 1L),
        ];

        Assert.Equal([7L, "fast", "on"], Bind(flags, ("z", "on")).Values.Values);
    }

    [Fact]
    public void Choices_that_undo_each_other_come_to_an_end()
    {
        FlagDefinition[] flags =
        [
            Flag("a", 1L) with { Choices = [Choice(1L, ("b", 2L)), Choice(2L, ("b", 1L))] },
            Flag("b", 1L) with { Choices = [Choice(1L, ("a", 1L)), Choice(2L, ("a", 2L))] },
        ];

        Assert.Equal(["a", "b"], Bind(flags).Values.Keys);
    }

    [Fact]
    public void What_a_choice_sets_is_checked_like_what_a_user_gives()
    {
        FlagDefinition[] flags = [Flag("a") with { Choices = [Choice("x", ("n", 9L))] }, Flag("n") with { Maximum = 5 }];

        Assert.Equal(FlagProblemKind.OutOfRange, Assert.Single(Problems(flags, ("a", "x"))).Kind);
    }

    [Fact]
    public void A_flag_that_a_choice_sets_and_the_operation_does_not_have_is_warned_of()
    {
        var bound = Bind([Flag("a", "x") with { Choices = [Choice("x", ("nope", 1L))] }]);

        Assert.Contains("'nope'", Assert.Single(bound.Warnings), StringComparison.Ordinal);
        Assert.Equal(1L, bound.Values["nope"]);
    }

    [Fact]
    public void A_choice_brings_its_arguments_with_references_resolved()
    {
        var choice = Choice("big") with { Args = new Dictionary<string, object?> { ["layers"] = 4L, ["name"] = "m-${lr}" } };

        var bound = Bind([Flag("size") with { Choices = [choice] }, Flag("lr", 0.1)], ("size", "big"));

        Assert.Equal([KeyValuePair.Create<string, object?>("layers", 4L), KeyValuePair.Create<string, object?>("name", "m-0.1")], bound.ChoiceArgs);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("null")]
    [InlineData("")]
    public void A_required_flag_must_have_a_value_that_is_neither_null_nor_empty(string? text)
    {
        FlagDefinition[] flags = [Flag("threshold") with { IsRequired = true, Description = "Decision threshold\nMore.", Type = FlagType.Float }];

        var problem = Assert.Single(text is null ? Problems(flags) : Problems(flags, ("threshold", text)));

        Assert.Equal(FlagProblemKind.Missing, problem.Kind);
        Assert.Equal("Flag 'threshold' is required: Decision threshold", problem.Message);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("no")]
    [InlineData("[]")]
    public void A_required_flag_can_be_zero_false_or_an_empty_list(string text) => Assert.NotNull(Bind([Flag("x") with { IsRequired = true }], ("x", text)).Values["x"]);

    [Fact]
    public void References_between_flags_are_resolved_after_the_flags_types()
    {
        FlagDefinition[] flags =
        [
            Flag("a", "${b}"), Flag("b", 0.5), Flag("c", "x-${a}-${b}"), Flag("data", "in") with { Type = FlagType.Path },
            Flag("file", "${data}/rows.csv"), Flag("n", "${i}") with { Type = FlagType.Int }, Flag("i", "7"),
        ];

        var values = Bind(flags).Values;

        Assert.Equal(0.5, values["a"]);
        Assert.Equal("x-0.5-0.5", values["c"]);
        Assert.Equal($"{Path.Combine(folder, "in")}/rows.csv", values["file"]);
        Assert.Equal(7L, values["n"]);
    }

    [Fact]
    public void References_to_nothing_and_in_circles_are_problems()
    {
        var problems = Problems([Flag("a", "${b}"), Flag("b", "${a}"), Flag("c", "${gone}")]);

        Assert.All(problems, problem => Assert.Equal(FlagProblemKind.BadReference, problem.Kind));
        Assert.Equal(["a", "b", "c"], problems.Select(problem => problem.Flag));
        Assert.Contains("${gone}", problems[2].Message, StringComparison.Ordinal);
    }

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
        Assert.Equal($"{folder}/p {folder}/q", Bind([paths], ("x", "p q")).Values["x"]);
        Assert.Equal(FlagProblemKind.WrongType, Assert.Single(Problems([paths], ("x", "'p"))).Kind);
    }

    [Fact]
    public void By_force_everything_but_broken_references_is_passed_on_as_it_is()
    {
        FlagDefinition[] flags = [Flag("n") with { Type = FlagType.Int }, Flag("z") with { IsRequired = true }, Flag("c") with { Choices = [Choice("x")] }];

        var bound = FlagBinder.Bind(Operation(flags), Given(("n", "many"), ("c", "y"), ("foo", "1")), Options with { IsForced = true });

        Assert.Equal([("c", "y"), ("foo", 1L), ("n", "many"), ("z", (object?)null)], bound.Values.Select(entry => (entry.Key, entry.Value)));
        Assert.True(bound.IsForced);
        Assert.Throws<FlagException>(() => FlagBinder.Bind(Operation([Flag("a", "${b}")]), [], Options with { IsForced = true }));
    }

    [Fact]
    public void Sequences_that_cannot_be_made_are_warned_of() =>
        Assert.Contains("range[a:b]", Assert.Single(Bind([Flag("x")], ("x", "range[a:b]")).Warnings), StringComparison.Ordinal);

    private static FlagDefinition Flag(string name, object? value = null) => new() { Name = name, Default = value };

    private static FlagChoice Choice(object? value, params (string Name, object? Value)[] flags) =>
        new() { Value = value, Flags = flags.ToDictionary(flag => flag.Name, flag => flag.Value) };

    private static OperationDefinition Operation(FlagDefinition[] flags) => new() { Name = "train", ModelName = "m", Flags = flags };

    private static List<KeyValuePair<string, FlagInput>> Given(params (string Name, string Text)[] given) =>
        [.. given.Select(item => KeyValuePair.Create(item.Name, (FlagInput)new FlagText(item.Text)))];

    private FlagBindingOptions Options => new(folder, Path.Combine(folder, "home"));

    private BoundFlags Bind(FlagDefinition[] flags, params (string Name, string Text)[] given) => FlagBinder.Bind(Operation(flags), Given(given), Options);

    private BoundFlags BindValue(FlagDefinition flag, object? value) =>
        FlagBinder.Bind(Operation([flag]), [KeyValuePair.Create(flag.Name, (FlagInput)new FlagValue(value))], Options);

    private IReadOnlyList<FlagProblem> Problems(FlagDefinition[] flags, params (string Name, string Text)[] given) =>
        Assert.Throws<FlagException>(() => Bind(flags, given)).Problems;

    private string? ProblemOrNull(FlagDefinition flag, string text)
    {
        try
        {
            Bind([flag], (flag.Name, text));
            return null;
        }
        catch (FlagException error)
        {
            return error.Message;
        }
    }
}
