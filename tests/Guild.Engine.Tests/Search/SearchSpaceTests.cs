using FsCheck.Xunit;
using Guild.Engine.Flags;
using Guild.Engine.GuildFiles;
using Guild.Engine.Search;

namespace Guild.Engine.Tests.Search;

public sealed class SearchSpaceTests
{
    [Theory]
    [InlineData("[1:8]", true, false)]
    [InlineData("uniform[1:8]", true, false)]
    [InlineData("[1.0:8]", false, false)]
    [InlineData("[-1:0.5]", false, false)]
    [InlineData("loguniform[1:8]", false, true)]
    [InlineData("loguniform[1e-5:1]", false, true)]
    public void A_range_is_of_whole_numbers_if_both_ends_are_and_its_scale_is_even(string text, bool isInteger, bool isLogarithmic)
    {
        var range = Assert.IsType<RangeDimension>(Assert.Single(Of(("x", text)).Varying));

        Assert.Equal((isInteger, isLogarithmic), (range.IsInteger, range.IsLogarithmic));
        Assert.Null(range.Initial);
    }

    [Fact]
    public void The_type_of_a_flag_says_whether_a_range_is_of_whole_numbers()
    {
        var space = SearchSpaceBuilder.ForGrid(
            [new("a", "[0.5:8.5]"), new("b", "[1:8]"), new("c", "loguniform[1:100]")],
            [new() { Name = "a", Type = FlagType.Int }, new() { Name = "b", Type = FlagType.Float }, new() { Name = "c", Type = FlagType.Int }]);

        Assert.Equal(
            [new RangeDimension("a", 1, 8) { IsInteger = true }, new RangeDimension("b", 1, 8), new RangeDimension("c", 1, 100) { IsInteger = true, IsLogarithmic = true }],
            space.Dimensions);
    }

    [Fact]
    public void Values_of_a_list_that_are_equal_count_once_whatever_their_types_are()
    {
        var space = new SearchSpace([new ChoiceDimension("x", [1L, 1.0, "1", true, 2.5, "1", null, null, new List<object?> { 1L }, new List<object?> { 1.0 }])]);

        Assert.Equal(6, space.Size);
    }

    [Fact]
    public void The_third_number_of_a_range_is_the_initial_value()
    {
        Assert.Equal(3, Assert.IsType<RangeDimension>(Of(("x", "[1:8:3]")).Varying[0]).Initial);
        Assert.Equal(0.1, Assert.IsType<RangeDimension>(Of(("x", "loguniform[1e-3:1:0.1]")).Varying[0]).Initial);
    }

    [Theory]
    [InlineData("data[1]")]
    [InlineData("files[a:b]")]
    [InlineData("[a:b]")]
    [InlineData("uniform")]
    [InlineData("[1, 2]")]
    public void Text_that_is_no_function_of_numbers_stays_text(string text)
    {
        var space = Of(("x", text));

        Assert.Equal(new FixedDimension("x", text), Assert.Single(space.Dimensions));
        Assert.False(space.IsSearched);
    }

    [Fact]
    public void A_flag_of_text_keeps_what_looks_like_a_range()
    {
        var space = SearchSpaceBuilder.ForGrid([new("x", "[1:8]")], [new() { Name = "x", Type = FlagType.String }]);

        Assert.Equal(new FixedDimension("x", "[1:8]"), Assert.Single(space.Dimensions));
    }

    [Theory]
    [InlineData("[8:1]", "8 is greater than 1")]
    [InlineData("uniform[0.5:0.25]", "0.5 is greater than 0.25")]
    [InlineData("loguniform[0:1]", "must begin above 0")]
    [InlineData("loguniform[-1:1]", "must begin above 0")]
    [InlineData("uniform[1]", "two numbers")]
    [InlineData("uniform[a:b]", "two numbers")]
    [InlineData("[1:2:3:4]", "two numbers")]
    [InlineData("[0:1:5]", "initial value 5")]
    [InlineData("[1:8:2.5]", "initial value 2.5")]
    [InlineData("[0:inf]", "finite")]
    [InlineData("loguniforn[1:2]", "unknown function 'loguniforn': loguniforn[1:2]. These exist: loguniform, uniform")]
    [InlineData("geomspace[1:2]", "unknown function 'geomspace'")]
    public void A_range_that_gives_no_values_is_an_error(string text, string expected)
    {
        var problem = Assert.Single(Assert.Throws<FlagException>(() => Of(("x", text))).Problems);

        Assert.Equal((FlagProblemKind.BadSpace, "x", text), (problem.Kind, problem.Flag, problem.Value));
        Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_that_is_wrong_is_said_at_once()
    {
        var error = Assert.Throws<FlagException>(() => Of(("a", new List<object?>()), ("b", "[2:1]"), ("c", 1L)));

        Assert.Equal(["a", "b"], error.Problems.Select(problem => problem.Flag));
        Assert.Contains("empty list", error.Problems[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_range_must_keep_within_what_its_flag_allows()
    {
        FlagDefinition[] flags = [new() { Name = "x", Minimum = 0, Maximum = 1 }];

        var error = Assert.Throws<FlagException>(() => SearchSpaceBuilder.ForGrid([new("x", "[0.5:2.5]")], flags));

        Assert.Contains("beyond the maximum 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_single_point_is_a_value_like_any_other()
    {
        var space = Of(("a", "[3:3]"), ("b", new List<object?> { "only" }), ("c", "[0.5:0.5]"));

        Assert.Empty(space.Varying);
        Assert.True(space.IsSearched);
        Assert.Equal(1, space.Size);
        Assert.Equal([3L, "only", 0.5], space.ToFlags([]).Values);
    }

    [Fact]
    public void The_size_is_the_product_of_what_the_flags_can_be()
    {
        Assert.Equal(24, Of(("a", "[1:8]"), ("b", List("x", "y", "x", "z"))).Size);
        Assert.Null(Of(("a", "[1:8]"), ("b", "[0.0:1.0]")).Size);
        Assert.Equal(long.MaxValue, Of(("a", "[1:9000000000]"), ("b", "[1:9000000000]")).Size);
    }

    [Fact]
    public void A_list_for_a_program_that_takes_lists_is_one_value()
    {
        var layers = List(64L, 32L);
        var space = SearchSpaceBuilder.ForGrid([new("layers", layers)], [new() { Name = "layers", SplitsArg = true }]);

        Assert.Same(layers, Assert.IsType<FixedDimension>(Assert.Single(space.Dimensions)).Value);
    }

    [Fact]
    public void A_search_takes_choices_and_bounds_of_flags_that_were_not_given()
    {
        FlagDefinition[] flags =
        [
            new() { Name = "act", Choices = [new() { Value = "relu" }, new() { Value = "tanh" }] },
            new() { Name = "lr", Minimum = 1e-5, Maximum = 1, Distribution = "loguniform" },
            new() { Name = "units", Minimum = 16, Maximum = 256 },
            new() { Name = "drop", Minimum = 0, Maximum = 1 },
            new() { Name = "open", Minimum = 0 },
            new() { Name = "given", Choices = [new() { Value = 1 }, new() { Value = 2 }] },
        ];
        KeyValuePair<string, object?>[] values = [new("act", "relu"), new("lr", 0.01), new("units", 32L), new("drop", 0.5), new("open", 1L), new("given", 2L)];

        var space = SearchSpaceBuilder.ForSearch(values, flags, ["given"]);

        Assert.Equal(["relu", "tanh"], Assert.IsType<ChoiceDimension>(space.Dimensions[0]).Values);
        Assert.Equal(new RangeDimension("lr", 1e-5, 1) { IsLogarithmic = true, Initial = 0.01 }, space.Dimensions[1]);
        Assert.Equal(new RangeDimension("units", 16, 256) { IsInteger = true, Initial = 32 }, space.Dimensions[2]);
        Assert.Equal(new RangeDimension("drop", 0, 1) { Initial = 0.5 }, space.Dimensions[3]);
        Assert.Equal([new FixedDimension("open", 1L), new FixedDimension("given", 2L)], space.Dimensions.Skip(4));
        Assert.False(SearchSpaceBuilder.ForGrid(values, flags).IsSearched);
    }

    [Fact]
    public void A_list_with_a_range_in_it_is_only_for_grids()
    {
        KeyValuePair<string, object?>[] values = [new("x", List(1L, "[5:6]"))];

        Assert.True(Assert.IsType<ChoiceDimension>(SearchSpaceBuilder.ForGrid(values, []).Dimensions[0]).HasSpaces);
        Assert.Contains("[5:6]", Assert.Throws<FlagException>(() => SearchSpaceBuilder.ForSearch(values, [], ["x"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Flags_outside_of_the_space_are_no_point_of_it()
    {
        var space = Of(("n", "[1:8]"), ("x", "[0.0:1.0]"), ("c", List("a", true, null)), ("fixed", 7L));

        Assert.Equal([3, 1, 2], space.ToPoint(Flags(("n", 3L), ("x", 1L), ("c", null)))!);
        Assert.Null(space.ToPoint(Flags(("n", 9L), ("x", 0.5), ("c", "a"))));
        Assert.Null(space.ToPoint(Flags(("n", 2.5), ("x", 0.5), ("c", "a"))));
        Assert.Null(space.ToPoint(Flags(("n", 2L), ("x", "text"), ("c", "a"))));
        Assert.Null(space.ToPoint(Flags(("n", 2L), ("x", 0.5), ("c", "b"))));
        Assert.Null(space.ToPoint(Flags(("n", 2L), ("x", 0.5))));
    }

    [Theory]
    [InlineData(0, double.Epsilon, false)]
    [InlineData(1e300, 1.0000000000000002e300, true)]
    [InlineData(double.MinValue, double.MaxValue, false)]
    public void The_narrowest_and_the_widest_ranges_have_places(double low, double high, bool isLogarithmic)
    {
        var range = new RangeDimension("x", low, high) { IsLogarithmic = isLogarithmic };

        Assert.Equal(0, range.PlaceOf(low));
        Assert.InRange(range.PlaceOf(high), 0, 1);
        Assert.InRange(range.At(0.5), low, high);
    }

    [Property]
    public void Every_place_of_a_range_is_within_it(double a, double b, bool isInteger, bool isLogarithmic, long seed)
    {
        (a, b) = (double.IsFinite(a) ? a : 1, double.IsFinite(b) ? b : 2);
        (a, b) = isLogarithmic ? (Math.Abs(a) + 1e-300, Math.Abs(b) + 1e-300) : (a, b);
        (a, b) = isInteger ? (Math.Ceiling(a), Math.Ceiling(b)) : (a, b);
        var range = new RangeDimension("x", Math.Min(a, b), Math.Max(a, b)) { IsInteger = isInteger, IsLogarithmic = isLogarithmic };
        var random = new SeededRandom(seed);
        foreach (var place in (double[])[0, 1, random.NextDouble(), random.NextDouble()])
        {
            var value = range.At(place);
            Assert.InRange(value, range.Low, range.High);
            Assert.True(!isInteger || value == Math.Floor(value));
            Assert.InRange(range.Low < range.High ? range.PlaceOf(value) : 0, 0, 1);
        }
    }

    [Fact]
    public void Every_whole_number_of_a_range_is_as_likely()
    {
        var range = new RangeDimension("x", 1, 4) { IsInteger = true };

        Assert.All(Enumerable.Range(0, 400).GroupBy(i => range.At((i + 0.5) / 400)), part => Assert.Equal(100, part.Count()));
        Assert.All(Enumerable.Range(1, 4), value => Assert.Equal(value, range.At(range.PlaceOf(value))));
    }

    [Fact]
    public void Half_of_a_logarithmic_range_is_below_the_middle_power()
    {
        var range = new RangeDimension("x", 1e-4, 1) { IsLogarithmic = true };

        Assert.Equal(1e-2, range.At(0.5), 12);
        Assert.Equal(0.25, range.PlaceOf(1e-3), 12);
    }

    private static SearchSpace Of(params (string Flag, object? Value)[] values) =>
        SearchSpaceBuilder.ForGrid(values.Select(value => KeyValuePair.Create(value.Flag, value.Value)), []);

    private static List<object?> List(params object?[] values) => [.. values];

    private static Dictionary<string, object?> Flags(params (string Flag, object? Value)[] values) => values.ToDictionary(value => value.Flag, value => value.Value);
}
