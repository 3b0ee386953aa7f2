using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Guild.Engine.Search;

/// <summary>
/// Cholesky's factor L of a symmetric positive definite matrix LLᵀ, row by row in one array, with what is solved by it. Written by hand because
/// some hundred of them are made for a trial, each of the few dozen rows of a search, and because sums in a fixed order give the same trials everywhere.
/// </summary>
internal sealed class TriangularFactor
{
    private readonly double[] rows;

    private TriangularFactor(double[] rows, int size) => (this.rows, Size) = (rows, size);

    /// <summary>The number of rows.</summary>
    public int Size { get; }

    /// <summary>The logarithm of the determinant of the matrix.</summary>
    public double LogDeterminant
    {
        get
        {
            var sum = 0.0;
            for (var i = 0; i < Size; i++)
            {
                sum += Math.Log(rows[(i * Size) + i]);
            }

            return 2 * sum;
        }
    }

    /// <summary>Factors a matrix, of which only the lower half is read, in place; null if it is not positive definite.</summary>
    public static TriangularFactor? Of(double[] matrix, int size)
    {
        for (var i = 0; i < size; i++)
        {
            var row = matrix.AsSpan(i * size, i + 1);
            for (var j = 0; j < i; j++)
            {
                row[j] = (row[j] - Dot(row[..j], matrix.AsSpan(j * size, j))) / matrix[(j * size) + j];
            }

            var square = row[i] - Dot(row[..i], row[..i]);
            if (!(square > 0))
            {
                return null;
            }

            row[i] = Math.Sqrt(square);
        }

        return new TriangularFactor(matrix, size);
    }

    /// <summary>Solves L x = b in place.</summary>
    public void SolveLower(Span<double> b)
    {
        for (var i = 0; i < Size; i++)
        {
            b[i] = (b[i] - Dot(rows.AsSpan(i * Size, i), b[..i])) / rows[(i * Size) + i];
        }
    }

    /// <summary>Solves Lᵀ x = b in place.</summary>
    public void SolveUpper(Span<double> b)
    {
        for (var i = Size - 1; i >= 0; i--)
        {
            var row = rows.AsSpan(i * Size, i + 1);
            var x = b[i] /= row[i];
            AddScaled(b[..i], row[..i], -x);
        }
    }

    /// <summary>Solves LLᵀ x = b.</summary>
    public double[] Solve(ReadOnlySpan<double> b)
    {
        var x = b.ToArray();
        SolveLower(x);
        SolveUpper(x);
        return x;
    }

    /// <summary>The lower half of the inverse of the matrix.</summary>
    public double[] Inverse()
    {
        // Row j is column j of L's inverse: all sums then go along rows.
        var columns = new double[Size * Size];
        for (var j = 0; j < Size; j++)
        {
            var column = columns.AsSpan(j * Size, Size);
            column[j] = 1 / rows[(j * Size) + j];
            for (var i = j + 1; i < Size; i++)
            {
                column[i] = -Dot(rows.AsSpan((i * Size) + j, i - j), column[j..i]) / rows[(i * Size) + i];
            }
        }

        var inverse = new double[Size * Size];
        for (var i = 0; i < Size; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                inverse[(i * Size) + j] = Dot(columns.AsSpan((i * Size) + i, Size - i), columns.AsSpan((j * Size) + i, Size - i));
            }
        }

        return inverse;
    }

    /// <summary>The sum of products. The order of adding is the same on every machine, which that of <c>Vector</c> is not.</summary>
    public static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var l = MemoryMarshal.Cast<double, Vector256<double>>(left);
        var r = MemoryMarshal.Cast<double, Vector256<double>>(right);
        var sums = Vector256<double>.Zero;
        for (var i = 0; i < l.Length; i++)
        {
            sums += l[i] * r[i];
        }

        var sum = Vector256.Sum(sums);
        for (var i = l.Length * 4; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }

    private static void AddScaled(Span<double> to, ReadOnlySpan<double> what, double factor)
    {
        var t = MemoryMarshal.Cast<double, Vector256<double>>(to);
        var w = MemoryMarshal.Cast<double, Vector256<double>>(what);
        var factors = Vector256.Create(factor);
        for (var i = 0; i < t.Length; i++)
        {
            t[i] += w[i] * factors;
        }

        for (var i = t.Length * 4; i < to.Length; i++)
        {
            to[i] += what[i] * factor;
        }
    }
}
