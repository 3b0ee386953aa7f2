namespace Guild.Engine.Runs.Queries;

/// <summary>
/// A filter of runs in the language of Guild AI 0.9, such as <c>op = train and lr &lt; 0.1 and loss &lt; 0.2</c>. Names are looked up among attributes,
/// flags and the last values of scalars, in this order; <c>attr:</c>, <c>flag:</c> and <c>scalar:</c> before a name say which.
/// </summary>
public sealed class FilterExpression
{
    private readonly FilterNode _root;

    private FilterExpression(string text, FilterNode root)
    {
        Text = text;
        _root = root;
    }

    /// <summary>The filter as it was written.</summary>
    public string Text { get; }

    /// <summary>Reads a filter.</summary>
    /// <exception cref="FilterException">The text is no filter; the error says where and what was expected.</exception>
    public static FilterExpression Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new FilterExpression(text, FilterParser.Parse(text));
    }

    /// <summary>True if the filter lets a run pass. Reads no more of the run than it needs.</summary>
    public bool Matches(Run run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return _root.IsTrue(new FilterSubject(run, ScalarReading.Any));
    }

    /// <summary>True or false as <see cref="Matches"/>, or null if this needs scalars that are not at hand.</summary>
    internal bool? MatchesWithoutReading(Run run)
    {
        var subject = new FilterSubject(run, ScalarReading.AtHand);
        var isTrue = _root.IsTrue(subject);
        return subject.LacksScalars ? null : isTrue;
    }

    /// <summary>The filter as it was written.</summary>
    public override string ToString() => Text;
}
