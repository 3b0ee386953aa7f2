namespace Guild.Engine.Runs.Queries;

/// <summary>A part of a filter that is true or false of a run.</summary>
internal abstract record FilterNode
{
    public abstract bool IsTrue(FilterSubject run);
}

/// <summary>A value alone: true unless it is false, undefined, 0 or empty.</summary>
internal sealed record ConstantNode(object? Value) : FilterNode
{
    public override bool IsTrue(FilterSubject run) => FilterValues.IsTruth(Value);
}

/// <summary>The opposite of another part.</summary>
internal sealed record NotNode(FilterNode Inner) : FilterNode
{
    public override bool IsTrue(FilterSubject run) => !Inner.IsTrue(run);
}

/// <summary>
/// Parts with <c>and</c> and <c>or</c> between them. Both bind alike and to the right, as in Guild AI: <c>a and b or c</c> is <c>a and (b or c)</c>.
/// </summary>
/// <param name="First">The first part.</param>
/// <param name="Rest">The parts after it, each with true for the <c>and</c> before it, and false for an <c>or</c>.</param>
internal sealed record ChainNode(FilterNode First, IReadOnlyList<ChainLink> Rest) : FilterNode
{
    public override bool IsTrue(FilterSubject run)
    {
        var current = First;
        foreach (var link in Rest)
        {
            var isTrue = current.IsTrue(run);
            if (isTrue != link.IsAnd)
            {
                return isTrue;
            }

            current = link.Part;
        }

        return current.IsTrue(run);
    }
}

/// <summary>A part with the word before it.</summary>
internal sealed record ChainLink(bool IsAnd, FilterNode Part);

/// <summary>How a value of a run is tested.</summary>
internal enum FilterTest
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    In,
    NotIn,
    Contains,
    NotContains,
}

/// <summary>A test of a value of a run.</summary>
/// <param name="Name">What the value is called.</param>
/// <param name="Test">The test.</param>
/// <param name="Operand">What it is tested against.</param>
internal sealed record TestNode(string Name, FilterTest Test, object? Operand) : FilterNode
{
    public override bool IsTrue(FilterSubject run)
    {
        var value = run.Value(Name);
        return Test switch
        {
            FilterTest.Equal => FilterValues.AreEqual(value, Operand),
            FilterTest.NotEqual => !FilterValues.AreEqual(value, Operand),
            FilterTest.Less => FilterValues.Compare(value, Operand) < 0,
            FilterTest.LessOrEqual => FilterValues.Compare(value, Operand) <= 0,
            FilterTest.Greater => FilterValues.Compare(value, Operand) > 0,
            FilterTest.GreaterOrEqual => FilterValues.Compare(value, Operand) >= 0,
            FilterTest.In => FilterValues.HasItem(Operand, value),
            FilterTest.NotIn => !FilterValues.HasItem(Operand, value),
            FilterTest.Contains => FilterValues.Contains(value, Operand),
            _ => !FilterValues.Contains(value, Operand),
        };
    }
}
