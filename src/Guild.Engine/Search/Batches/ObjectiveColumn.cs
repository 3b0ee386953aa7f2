using Guild.Engine.GuildFiles;
using Guild.Engine.Runs.Comparing;
using Guild.Engine.Scalars;

namespace Guild.Engine.Search.Batches;

/// <summary>The scalar that a search minimizes or maximizes.</summary>
internal static class ObjectiveColumn
{
    private const int MostNamed = 10;

    /// <summary>Reads an objective as a column of a comparison.</summary>
    /// <exception cref="RequestException">It is not one scalar.</exception>
    public static ColumnSpec Parse(ObjectiveDefinition objective)
    {
        IReadOnlyList<ColumnSpec> columns;
        try
        {
            columns = ColumnSpec.Parse(objective.Column);
        }
        catch (ColumnException error)
        {
            throw new RequestException($"Invalid objective '{objective.Column}': {error.Message}", objective.Column, error.RecommendedAction);
        }

        return columns switch
        {
            [{ Kind: ColumnKind.Scalar } column] => column,
            [_] => throw new RequestException($"Invalid objective '{objective.Column}': it must be a scalar.", objective.Column, "Name a scalar that the operation writes, such as loss."),
            _ => throw new RequestException($"Invalid objective '{objective.Column}': too many columns.", objective.Column, "Name one scalar."),
        };
    }

    /// <summary>A sentence that says which scalars a run has written, those nearest to a name first.</summary>
    public static string Written(string runPath, string name)
    {
        var names = NearestNames.Sort(name, RunScalars.Summarize(runPath).Values.Where(scalar => !ScalarSummary.IsOfSystem(scalar.Tag)).Select(scalar => scalar.Folder.Length == 0 ? scalar.Tag : scalar.Name));
        return names.Count switch
        {
            0 => "It has no scalars at all.",
            <= MostNamed => $"It has, nearest first: {string.Join(", ", names)}.",
            _ => $"It has, nearest first: {string.Join(", ", names.Take(MostNamed))}, and {names.Count - MostNamed} more.",
        };
    }

    /// <summary>The value of a trial, as it stands in its event files; null if it has none.</summary>
    public static double? Read(string runPath, ColumnSpec column) => RunValueReader.ReadScalar(RunScalars.Summarize(runPath), column) switch
    {
        double value => value,
        long value => value,
        _ => null,
    };
}
