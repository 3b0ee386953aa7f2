using Guild.Engine.Operations;
using Guild.Engine.Scalars;

namespace Guild.Engine.Runs.Comparing;

/// <summary>
/// The columns that the operation of a run asks for: those of its Guild file as it is today, so that they can be changed for runs that are there already, else those
/// that the run recorded, else all flags and scalars that the run has.
/// </summary>
internal sealed class RunColumns(ComparisonOptions options)
{
    private const string CompareAttribute = "compare";

    private const string UsualScalar = "loss";

    // Most runs of a home are of a few kinds.
    private readonly Dictionary<string, ColumnSpec[]> _byNames = new(StringComparer.Ordinal);

    private readonly Dictionary<string, ColumnSpec[]> _byText = new(StringComparer.Ordinal);

    private readonly Dictionary<string, Project?> _projects = new(StringComparer.Ordinal);

    private readonly Dictionary<(string, string, string), IReadOnlyList<string>?> _defined = [];

    private readonly List<string> _warnings = [];

    private readonly List<string> _names = [];

    /// <summary>What of the columns of operations cannot be understood, one sentence each.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>The columns of one run.</summary>
    public ColumnSpec[] Of(Run run)
    {
        var asked = Defined(run) ?? Recorded(run);
        return asked is { Count: > 0 } ? Parse(asked, run) : All(run);
    }

    private IReadOnlyList<string>? Defined(Run run)
    {
        if (run.ProjectPath is not { } project || run.OpRef.PackageType != OpRef.GuildFileType)
        {
            return null;
        }

        var key = (project, run.ModelName, run.OperationName);
        if (!_defined.TryGetValue(key, out var columns))
        {
            var operation = ProjectAt(project)?.Operations.FirstOrDefault(o => o.ModelName == run.ModelName && o.Name == run.OperationName);
            _defined.Add(key, columns = operation?.Compare);
        }

        return columns;
    }

    private Project? ProjectAt(string path)
    {
        if (!_projects.TryGetValue(path, out var project))
        {
            try
            {
                project = Project.Open(options.LocateProject(path), options.Packages);
            }
            catch (Exception error) when (error is GuildException or IOException or UnauthorizedAccessException)
            {
                // The project is gone or is being changed; its runs have what they recorded.
                project = null;
            }

            _projects.Add(path, project);
        }

        return project;
    }

    private static IReadOnlyList<string>? Recorded(Run run) =>
        run.Content.Attributes.GetValueOrDefault(CompareAttribute) is IReadOnlyList<object?> list && list.All(item => item is string)
            ? [.. list.Cast<string>()]
            : null;

    private ColumnSpec[] Parse(IReadOnlyList<string> texts, Run run)
    {
        var key = string.Join('\n', texts);
        if (!_byText.TryGetValue(key, out var columns))
        {
            _byText.Add(key, columns = [.. texts.SelectMany(text => ParseOne(text, run))]);
        }

        return columns;
    }

    private IReadOnlyList<ColumnSpec> ParseOne(string text, Run run)
    {
        try
        {
            return ColumnSpec.Parse(text);
        }
        catch (ColumnException error)
        {
            _warnings.Add($"'compare' of operation '{run.FullName}': {error.Message} It is left out.");
            return [];
        }
    }

    private ColumnSpec[] All(Run run)
    {
        _names.Clear();
        _names.AddRange(run.Flags.Keys);
        var flags = _names.Count;
        if (AttributeReader.HasOwnNames(run))
        {
            _names.AddRange(AttributeReader.OwnNames(run));
        }

        var attributes = _names.Count;
        foreach (var name in run.LastValues.Keys)
        {
            var tag = name[(name.IndexOf('#', StringComparison.Ordinal) + 1)..];
            if (options.ShowsAllScalars || !ScalarSummary.IsOfSystem(tag))
            {
                _names.Add(tag);
            }
        }

        var key = $"{flags} {attributes} {string.Join('\n', _names)}";
        if (!_byNames.TryGetValue(key, out var columns))
        {
            var scalars = Sorted(_names.Skip(attributes));
            _byNames.Add(key, columns =
            [
                .. Sorted(_names.Take(flags)).Select(ColumnSpec.OfFlag),
                .. Sorted(_names.Take(attributes).Skip(flags)).Select(ColumnSpec.OfAttribute),
                .. scalars.Count == 0 ? Array.Empty<ColumnSpec>() : [StepOf(scalars)],
                .. scalars.Select(ColumnSpec.OfScalar),
            ]);
        }

        return columns;
    }

    private static List<string> Sorted(IEnumerable<string> names) => [.. names.Distinct(StringComparer.Ordinal).Order(NaturalOrder.Instance)];

    private static ColumnSpec StepOf(List<string> scalars) =>
        ColumnSpec.OfScalar(scalars.Contains(UsualScalar) ? UsualScalar : scalars[0]) with { IsStep = true, NamedAs = "step" };
}
