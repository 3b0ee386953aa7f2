using Guild.Engine.Flags;

namespace Guild.PowerShell;

/// <summary>What a search can choose the value of a flag from: a range of numbers, or some values. Given for a flag in place of a value.</summary>
public sealed class GuildSpace
{
    internal GuildSpace(GuildDistribution distribution, object minimum, object maximum, object? initial)
    {
        Distribution = distribution.ToString();
        Minimum = Table.Value(minimum);
        Maximum = Table.Value(maximum);
        Initial = Table.Value(initial);
        Choices = [];
        var name = distribution == GuildDistribution.LogUniform ? "loguniform" : "uniform";
        Text = $"{name}[{FlagGrammar.Encode(minimum)}:{FlagGrammar.Encode(maximum)}{(initial is null ? "" : $":{FlagGrammar.Encode(initial)}")}]";
        Value = Text;
    }

    internal GuildSpace(IReadOnlyList<object?> choices)
    {
        Choices = [.. choices.Select(Table.Value)];
        Text = FlagGrammar.Encode(choices);
        Value = choices;
    }

    /// <summary>How the values of a range are spread: Uniform or LogUniform; null where values are listed.</summary>
    public string? Distribution { get; }

    /// <summary>The least value of a range; null where values are listed.</summary>
    public object? Minimum { get; }

    /// <summary>The greatest value of a range; null where values are listed.</summary>
    public object? Maximum { get; }

    /// <summary>The value that the first trial has, or null.</summary>
    public object? Initial { get; }

    /// <summary>The values to choose from; empty for a range.</summary>
    public object?[] Choices { get; }

    /// <summary>The space as it is written in Guild files and behind <c>NAME=</c>.</summary>
    public string Text { get; }

    internal object Value { get; }

    /// <summary>The space as it is written in Guild files and behind <c>NAME=</c>, such as <c>loguniform[1e-05:1]</c>.</summary>
    public override string ToString() => Text;
}
