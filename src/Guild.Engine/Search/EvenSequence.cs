namespace Guild.Engine.Search;

/// <summary>
/// Places that fill the unit cube more evenly than random ones: multiples of the powers of a generalised golden ratio, which needs no tables
/// (Roberts, "The unreasonable effectiveness of quasirandom sequences", 2018), shifted by a random place.
/// </summary>
internal sealed class EvenSequence
{
    private readonly UnitCube cube;
    private readonly double[] shift;
    private readonly double[] step;

    public EvenSequence(UnitCube cube, SeededRandom random)
    {
        this.cube = cube;
        var ratio = 2.0;
        for (var i = 0; i < 60; i++)
        {
            ratio = Math.Pow(1 + ratio, 1.0 / (cube.Count + 1));
        }

        // Which flag has which power is drawn too: a larger one is filled more evenly.
        var order = Enumerable.Range(0, cube.Count).ToArray();
        random.Shuffle(order);
        (shift, step) = (new double[cube.Count], new double[cube.Count]);
        for (var axis = 0; axis < shift.Length; axis++)
        {
            shift[axis] = random.NextDouble();
            step[axis] = Math.Pow(1 / ratio, order[axis] + 1);
        }
    }

    /// <summary>The place with a number, from 0.</summary>
    public double[] At(int number)
    {
        var place = new double[cube.Count];
        for (var axis = 0; axis < place.Length; axis++)
        {
            var x = shift[axis] + (number * step[axis]);
            x -= Math.Floor(x);
            place[axis] = cube.RangeOf(axis) is null ? Math.Min(cube.CountOf(axis) - 1, Math.Floor(x * cube.CountOf(axis))) : x;
        }

        cube.Snap(place);
        return place;
    }
}
