namespace Guild.Engine.Runs.Queries;

/// <summary>What can follow in a filter that is being written.</summary>
public enum FilterPlace
{
    /// <summary>A name, a value, <c>not</c> or <c>(</c>.</summary>
    Part,

    /// <summary>An operator, after a name.</summary>
    Operator,

    /// <summary>A value, after an operator that compares.</summary>
    Value,

    /// <summary>A list, after <c>in</c>.</summary>
    List,

    /// <summary>A value in a list.</summary>
    Item,

    /// <summary>A comma or the end of a list.</summary>
    ItemEnd,

    /// <summary><c>and</c> or <c>or</c>.</summary>
    Link,

    /// <summary><c>in</c> or <c>contains</c>, after a name and <c>not</c>.</summary>
    NegatedOperator,
}

/// <summary>What can follow the beginning of a filter, for those who help to write it.</summary>
/// <param name="Place">What can follow.</param>
/// <param name="Name">The name that is being tested; <c>""</c> if none is.</param>
public sealed record FilterContext(FilterPlace Place, string Name)
{
    /// <summary>The names of attributes that filters can use, apart from those that only some runs have.</summary>
    public static IReadOnlyList<string> AttributeNames { get; } = [.. FilterAttributes.Names, .. OtherAttributes.Names.Where(name => name != OtherAttributes.OfOperation)];

    /// <summary>What can follow the beginning of a filter; null if it cannot be the beginning of one.</summary>
    public static FilterContext? After(string beginning)
    {
        ArgumentNullException.ThrowIfNull(beginning);
        List<FilterToken> tokens;
        try
        {
            tokens = FilterLexer.Read(beginning);
        }
        catch (FilterException)
        {
            return null;
        }

        var context = new FilterContext(FilterPlace.Part, "");
        for (var i = 0; i < tokens.Count - 1; i++)
        {
            context = context.Next(tokens[i]);
        }

        return context;
    }

    /// <summary>What a name means for a run: an attribute, a flag, or the last value of a scalar; null if it is undefined.</summary>
    public static object? ValueOf(Run run, string name)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(name);
        return new FilterSubject(run, ScalarReading.AtHand).Value(name);
    }

    private FilterContext Next(FilterToken token) => token.Kind switch
    {
        FilterTokenKind.And or FilterTokenKind.Or or FilterTokenKind.Open => new FilterContext(FilterPlace.Part, ""),
        FilterTokenKind.Not when Place == FilterPlace.Operator => this with { Place = FilterPlace.NegatedOperator },
        FilterTokenKind.Not => Place == FilterPlace.Value ? this : new FilterContext(FilterPlace.Part, ""),
        FilterTokenKind.In => this with { Place = FilterPlace.List },
        FilterTokenKind.OpenList or FilterTokenKind.Comma => this with { Place = FilterPlace.Item },
        FilterTokenKind.Name when Place == FilterPlace.Part => new FilterContext(FilterPlace.Operator, token.Text),
        FilterTokenKind.Name or FilterTokenKind.Value or FilterTokenKind.True or FilterTokenKind.False or FilterTokenKind.Undefined =>
            Place == FilterPlace.Item ? this with { Place = FilterPlace.ItemEnd } : new FilterContext(FilterPlace.Link, ""),
        FilterTokenKind.Close or FilterTokenKind.CloseList => new FilterContext(FilterPlace.Link, ""),
        _ => this with { Place = FilterPlace.Value },
    };
}
