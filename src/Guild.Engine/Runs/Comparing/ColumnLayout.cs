using System.Globalization;

namespace Guild.Engine.Runs.Comparing;

/// <summary>Columns with the places of their values in a row.</summary>
internal sealed record PlacedColumns(ColumnSpec[] Columns, int[] Places)
{
    public static PlacedColumns None { get; } = new([], []);
}

/// <summary>Gives each column a heading and a place, the same to those that belong together.</summary>
internal sealed class ColumnLayout
{
    private readonly List<string> _headings = [];

    private readonly Dictionary<string, Held> _held;

    private readonly Dictionary<ColumnSpec[], PlacedColumns> _placed = new(ReferenceEqualityComparer.Instance);

    private readonly bool _keepsApart;

    public ColumnLayout(ComparisonOptions options)
    {
        _keepsApart = options.KeepsColumnsApart;
        _held = new(_keepsApart ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        foreach (var heading in _keepsApart ? options.ReservedHeadings.Concat(CoreColumns.Names) : [])
        {
            _held.TryAdd(heading, new Held(ColumnSpec.OfAttribute(heading), null));
        }
    }

    /// <summary>The headings, in the order in which columns came.</summary>
    public IReadOnlyList<string> Headings => _headings;

    /// <summary>True if a column needs more of scalars than their last values.</summary>
    public bool NeedsSummaries { get; private set; }

    /// <summary>Gives columns their places.</summary>
    public PlacedColumns Place(ColumnSpec[] columns)
    {
        if (_placed.TryGetValue(columns, out var known))
        {
            return known;
        }

        var places = new int[columns.Length];
        for (var i = 0; i < columns.Length; i++)
        {
            NeedsSummaries |= columns[i].NeedsSummary;
            places[i] = PlaceOf(columns[i]);
        }

        return _placed[columns] = new PlacedColumns(columns, places);
    }

    private int PlaceOf(ColumnSpec column)
    {
        foreach (var heading in HeadingsFor(column))
        {
            if (!_held.TryGetValue(heading, out var held))
            {
                _headings.Add(heading);
                _held.Add(heading, new Held(column, _headings.Count - 1));
                return _headings.Count - 1;
            }

            if (Belongs(column, held.Column) || (!_keepsApart && heading == column.Heading))
            {
                if (held.Place is { } place)
                {
                    return place;
                }

                _headings.Add(heading);
                _held[heading] = held with { Place = _headings.Count - 1 };
                return _headings.Count - 1;
            }
        }

        throw new InvalidOperationException("There is always a heading more.");
    }

    private IEnumerable<string> HeadingsFor(ColumnSpec column)
    {
        if (!_keepsApart)
        {
            // Guild AI would show one of 'min loss, max loss'.
            yield return column.ShortHeading;
            yield return column.Heading;
            yield break;
        }

        yield return column.Heading;
        yield return column.LongHeading;
        for (var number = 2; ; number++)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{column.LongHeading} ({number})");
        }
    }

    private bool Belongs(ColumnSpec column, ColumnSpec other)
    {
        // A heading that was asked for is shared on purpose.
        if (column.NamedAs is not null || other.NamedAs is not null)
        {
            return true;
        }

        return _keepsApart
            ? column == other
            : column.Qualifier is null ? other.Qualifier is null : column with { NamedAs = null } == other with { NamedAs = null };
    }

    private sealed record Held(ColumnSpec Column, int? Place);
}
