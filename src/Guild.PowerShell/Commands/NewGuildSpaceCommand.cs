using System.Globalization;
using System.Management.Automation;
using Guild.Engine;
using Guild.Engine.Flags;

namespace Guild.PowerShell.Commands;

/// <summary>Makes a space that a search chooses the value of a flag from, to be given in place of a value.</summary>
[Cmdlet(VerbsCommon.New, "GuildSpace", DefaultParameterSetName = ChoiceSet)]
[OutputType(typeof(GuildSpace))]
public sealed class NewGuildSpaceCommand : GuildCommand
{
    private const string RangeSet = "Range";
    private const string ChoiceSet = "Choice";

    private readonly List<object?> _choices = [];

    /// <summary>The least number. Two whole numbers give whole numbers, unless the flag is a float.</summary>
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = RangeSet, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNull]
    public object? Minimum { get; set; }

    /// <summary>The greatest number.</summary>
    [Parameter(Position = 1, Mandatory = true, ParameterSetName = RangeSet, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNull]
    public object? Maximum { get; set; }

    /// <summary>The number that the first trial has.</summary>
    [Parameter(ParameterSetName = RangeSet, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNull]
    public object? Initial { get; set; }

    /// <summary>How the numbers are spread.</summary>
    [Parameter(ParameterSetName = RangeSet, ValueFromPipelineByPropertyName = true)]
    public GuildDistribution Distribution { get; set; }

    /// <summary>The values to choose from.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ChoiceSet, ValueFromPipeline = true)]
    [NotFrom(typeof(PSCustomObject))]
    [AllowNull]
    [AllowEmptyString]
    public object?[]? Choice { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        if (ParameterSetName == ChoiceSet)
        {
            _choices.AddRange((Choice ?? [null]).Select(FlagInputs.Value));
            return;
        }

        ForItem(Minimum, () => WriteObject(Range(Number("Minimum", Minimum), Number("Maximum", Maximum), Initial is null ? null : Number("Initial", Initial))));
    }

    /// <inheritdoc/>
    protected override void End()
    {
        if (_choices.Count > 0)
        {
            WriteObject(new GuildSpace(_choices));
        }
    }

    private GuildSpace Range(object minimum, object maximum, object? initial)
    {
        var (low, high) = (Real(minimum), Real(maximum));
        if (low > high)
        {
            throw new RequestException($"The minimum {Text(minimum)} is greater than the maximum {Text(maximum)}.", Minimum, "Give the smaller number first.");
        }

        if (Distribution == GuildDistribution.LogUniform && low <= 0)
        {
            throw new RequestException($"A logarithmic scale has no {Text(minimum)}: it begins above 0.", Minimum, "Give a minimum above 0, such as 1e-5, or leave out -Distribution.");
        }

        return initial is null || (Real(initial) >= low && Real(initial) <= high)
            ? new GuildSpace(Distribution, minimum, maximum, initial)
            : throw new RequestException($"The initial value {Text(initial)} is not between {Text(minimum)} and {Text(maximum)}.", Initial, "Give a number of the range, or leave it out.");
    }

    // What comes out of a file by the pipeline is text.
    private static object Number(string name, object? given) => FlagInputs.Value(given) switch
    {
        long number => number,
        double number when double.IsFinite(number) => number,
        string text when FlagGrammar.Decode(text) is { } number && number is long or double && double.IsFinite(Real(number)) => number,
        var other => throw new RequestException($"-{name} must be a number, but {FlagGrammar.Encode(other)} is not.", given, "Give a number; for other values use -Choice."),
    };

    private static double Real(object? number) => Convert.ToDouble(number, CultureInfo.InvariantCulture);

    private static string Text(object number) => FlagGrammar.Encode(number);
}
