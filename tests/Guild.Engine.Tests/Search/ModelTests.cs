using FsCheck.Xunit;
using Guild.Engine.Search;

namespace Guild.Engine.Tests.Search;

/// <summary>The parts that the models of searches are made of.</summary>
public sealed class ModelTests
{
    [Property(MaxTest = 50)]
    public void A_factor_solves_what_it_was_made_of(long seed)
    {
        var random = new SeededRandom(seed);
        var size = 1 + random.Next(40);
        var matrix = PositiveMatrix(size, random);
        var b = Enumerable.Range(0, size).Select(_ => random.NextNormal()).ToArray();

        var factor = TriangularFactor.Of((double[])matrix.Clone(), size)!;
        var x = factor.Solve(b);
        var inverse = factor.Inverse();

        for (var i = 0; i < size; i++)
        {
            Assert.Equal(b[i], Enumerable.Range(0, size).Sum(j => At(matrix, size, i, j) * x[j]), 8);
            Assert.Equal(x[i], Enumerable.Range(0, size).Sum(j => At(inverse, size, i, j) * b[j]), 8);
        }
    }

    [Fact]
    public void A_matrix_that_is_not_positive_has_no_factor()
    {
        Assert.Null(TriangularFactor.Of([1, 0, 2, 1], 2));
        Assert.Equal(Math.Log(3), TriangularFactor.Of([2, 0, 1, 2], 2)!.LogDeterminant, 12);
    }

    [Fact]
    public void The_minimum_of_a_bent_valley_is_found()
    {
        double[] x = [-1.2, 1];

        var least = BoxMinimizer.Minimize(
            (at, gradient) =>
            {
                var (a, b) = (1 - at[0], at[1] - (at[0] * at[0]));
                (gradient[0], gradient[1]) = ((-2 * a) - (400 * at[0] * b), 200 * b);
                return (a * a) + (100 * b * b);
            },
            x,
            [-2, -2],
            [2, 2],
            200,
            1e-14);

        Assert.Equal(0, least, 8);
        Assert.All(x, value => Assert.Equal(1, value, 3));
    }

    [Fact]
    public void A_minimum_outside_of_the_box_is_sought_at_its_side()
    {
        double[] x = [0.5, 0.5];

        BoxMinimizer.Minimize(
            (at, gradient) =>
            {
                (gradient[0], gradient[1]) = (2 * (at[0] - 3), 2 * (at[1] - 0.25));
                return Math.Pow(at[0] - 3, 2) + Math.Pow(at[1] - 0.25, 2);
            },
            x,
            [0, 0],
            [1, 1],
            100);

        Assert.Equal(1, x[0]);
        Assert.Equal(0.25, x[1], 4);
    }

    [Theory]
    [InlineData(-0.3)]
    [InlineData(-4.9)]
    [InlineData(-5.1)]
    [InlineData(-19.9)]
    [InlineData(-20.1)]
    [InlineData(-299.9)]
    [InlineData(-300.1)]
    [InlineData(2.5)]
    public void The_slopes_of_logarithms_are_those_of_their_values(double z)
    {
        var step = 1e-5 * Math.Max(1, Math.Abs(z));
        foreach (var function in (Func<double, (double Value, double Slope)>[])[NormalDistribution.LogBelow, NormalDistribution.LogImprovement])
        {
            var expected = (function(z + step).Value - function(z - step).Value) / (2 * step);
            Assert.Equal(1, function(z).Slope / expected, 3);
        }
    }

    [Fact]
    public void A_process_goes_through_its_values_and_knows_nothing_far_from_them()
    {
        var (cube, process, features, values) = Process();
        for (var i = 0; i < features.Length; i++)
        {
            var expected = process.At(features[i]);
            Assert.Equal(values[i], expected.Mean, 3);
            Assert.InRange(expected.Deviation, 0, 0.02);
        }

        Assert.InRange(process.At(cube.ToFeatures([0.99, 0.01, 2])).Deviation, 0.3, 1);
    }

    [Fact]
    public void The_slopes_of_a_process_are_those_of_its_values()
    {
        var (cube, process, _, _) = Process();
        var features = cube.ToFeatures([0.3, 0.62, 1]);
        int[] which = [cube.OffsetOf(0), cube.OffsetOf(1)];
        var (means, deviations) = (new double[2], new double[2]);

        process.At(features, which, means, deviations);

        for (var k = 0; k < 2; k++)
        {
            var (up, down) = ((double[])features.Clone(), (double[])features.Clone());
            up[which[k]] += 1e-6;
            down[which[k]] -= 1e-6;
            var (above, below) = (process.At(up), process.At(down));
            Assert.Equal((above.Mean - below.Mean) / 2e-6, means[k], 4);
            Assert.Equal((above.Deviation - below.Deviation) / 2e-6, deviations[k], 4);
        }
    }

    [Fact]
    public void The_kernel_learns_which_flag_matters_and_how_much_is_chance()
    {
        var cube = new UnitCube(Space(("a", "[0.0:1.0]"), ("b", "[0.0:1.0]")));
        var random = new SeededRandom(5);
        double[][] places = [.. Enumerable.Range(0, 40).Select(_ => cube.Sample(random))];

        var exact = new KernelFit(cube, places, [.. places.Select(place => 1.4 * Math.Sin(9 * place[0]))], null).Find(random);
        var noisy = new KernelFit(cube, places, [.. places.Select(place => (1.2 * Math.Sin(9 * place[0])) + (0.5 * random.NextNormal()))], null).Find(random);

        Assert.True(exact.Lengths[1] > 4 * exact.Lengths[0], $"{exact.Lengths[1]} : {exact.Lengths[0]}");
        Assert.InRange(exact.Noise, 0, 1e-4);
        Assert.InRange(noisy.Noise, 0.05, 0.8);
        Assert.Equal(0.04, new KernelFit(cube, places, [.. places.Select(place => place[0])], 0.04).Find(random).Noise, 10);
    }

    [Property]
    public void The_scale_of_results_keeps_their_order(double[] results)
    {
        double[] finite = [.. results.Where(double.IsFinite), 0, 1];
        var scale = new ResultScale(finite);
        double[] scaled = [.. finite.Order().Select(scale.Of)];

        Assert.All(scaled, value => Assert.True(double.IsFinite(value)));
        Assert.All(scaled.Zip(scaled.Skip(1)), pair => Assert.True(pair.First <= pair.Second));
    }

    [Fact]
    public void Results_that_range_over_powers_of_ten_become_alike()
    {
        double[] results = [.. Enumerable.Range(0, 30).Select(i => Math.Pow(10, i / 6.0))];
        var scale = new ResultScale(results);
        double[] scaled = Array.ConvertAll(results, scale.Of);

        Assert.Equal(0, scaled.Average(), 8);
        Assert.Equal(1, scaled.Average(value => value * value), 8);

        var deviation = Math.Sqrt(results.Average(result => Math.Pow(result - results.Average(), 2)));
        Assert.True(scaled[10] - scaled[0] > 10 * (results[10] - results[0]) / deviation);
    }

    [Fact]
    public void Lists_of_numbers_keep_their_order_in_features_and_other_lists_have_none()
    {
        var cube = new UnitCube(Space(("size", List(64L, 16L, 32L)), ("kind", List("a", "b", "c")), ("x", "[0.0:1.0]")));

        Assert.Equal([0, 1, 1, 1, 2], cube.AxisOfFeature);
        Assert.Equal([1, 0, Math.Sqrt(0.5), 0, 0.25], cube.ToFeatures([0, 1, 0.25]));
        Assert.Equal(0.5, cube.ToFeatures([2, 1, 0.25])[0]);
    }

    [Property(MaxTest = 50)]
    public void A_density_has_a_whole_mass_and_draws_what_it_says(long seed)
    {
        var cube = new UnitCube(Space(("x", "[0.0:1.0]"), ("c", List("a", "b"))));
        var random = new SeededRandom(seed);
        var density = new ParzenEstimator(cube, [[0.1, 0], [0.15, 0], [0.95, 1]], [1, 1, 1, 1]);

        var mass = Enumerable.Range(0, 2000).Sum(i => Math.Exp(density.LogDensity([(i + 0.5) / 2000, 0])) + Math.Exp(density.LogDensity([(i + 0.5) / 2000, 1]))) / 2000;
        var left = Enumerable.Range(0, 4000).Sum(i => Math.Exp(density.LogDensity([(i + 0.5) / 8000, 0]))) / 8000;
        var drawn = Enumerable.Range(0, 2000).Select(_ => density.Sample(random)).Count(place => place[0] < 0.5 && place[1] == 0) / 2000.0;

        Assert.Equal(1, mass, 3);
        Assert.InRange(drawn - left, -0.06, 0.06);
    }

    [Fact]
    public void Random_numbers_are_the_same_on_every_machine()
    {
        var random = new SeededRandom(42);
        double[] numbers = [random.NextDouble(), random.NextDouble(), new SeededRandom(42, 1).NextDouble()];

        Assert.Equal([0.10114251884320236, 0.3681487117972979, 0.7616373341650858], numbers);
    }

    private static (UnitCube Cube, GaussianProcess Process, double[][] Features, double[] Values) Process()
    {
        var cube = new UnitCube(Space(("a", "[0.0:1.0]"), ("b", "[0.0:1.0]"), ("kind", List("x", "y", "z"))));
        double[][] places = [[0.1, 0.2, 0], [0.4, 0.5, 1], [0.45, 0.9, 1], [0.2, 0.8, 2], [0.6, 0.3, 0]];
        double[][] features = Array.ConvertAll(places, cube.ToFeatures);
        double[] values = [0.5, -1, 0.2, 1.3, -0.4];
        return (cube, new GaussianProcess(cube, new KernelSettings([0.3, 0.4, 0.8], 1, 1e-8), features, values), features, values);
    }

    private static double[] PositiveMatrix(int size, SeededRandom random)
    {
        double[][] rows = [.. Enumerable.Range(0, size).Select(_ => Enumerable.Range(0, size).Select(_ => random.NextNormal()).ToArray())];
        var matrix = new double[size * size];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
            {
                matrix[(i * size) + j] = TriangularFactor.Dot(rows[i], rows[j]) + (i == j ? 1 : 0);
            }
        }

        return matrix;
    }

    // Only the lower half is filled.
    private static double At(double[] matrix, int size, int i, int j) => matrix[(Math.Max(i, j) * size) + Math.Min(i, j)];

    private static SearchSpace Space(params (string Flag, object? Value)[] values) =>
        SearchSpaceBuilder.ForGrid(values.Select(value => KeyValuePair.Create(value.Flag, value.Value)), []);

    private static List<object?> List(params object?[] values) => [.. values];
}
