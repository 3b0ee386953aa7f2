using Guild.Engine.Operations;
using Guild.Engine.Runs;
using Guild.PowerShell.Classic;
using Guild.PowerShell.ClassicActions;
using Guild.PowerShell.Commands;

namespace Guild.PowerShell.Completion;

/// <summary>What can be typed at a place of a command line of classic words.</summary>
internal sealed class ClassicOffers
{
    private readonly ClassicCursor _cursor;
    private readonly string? _listed;
    private readonly SessionContext _session;
    private readonly EngineContext _engine;

    public ClassicOffers(ClassicLine line)
    {
        _cursor = line.Cursor;
        _listed = line.Listed;
        _session = new SessionContext(ProjectLookup.PathInSession(_cursor.Globals.ProjectPath));
        _engine = _session.EngineContext(_cursor.Globals.HomePath is { } home ? ProjectLookup.PathInSession(home) : null);
    }

    /// <summary>All of it; what does not begin as typed may be among it.</summary>
    public IEnumerable<Offer> All()
    {
        if (_listed is not null)
        {
            return Listed(_listed);
        }

        if (_cursor.Option is { } option)
        {
            return Words(option.Word, _cursor.Typed[_cursor.Lead.Length..])
                .Select(o => o with { Word = _cursor.Lead + o.Word, Shown = o.Shown ?? o.Word });
        }

        if (_cursor.Typed.StartsWith('-'))
        {
            return Options();
        }

        var words = Commands()
            .Concat(_cursor.Argument is { } argument ? Words(argument, _cursor.Typed) : [])
            .Concat(_cursor.LastArgument is { } last ? Words(last, _cursor.Typed) : [])
            .ToList();

        // For these PowerShell offers files, but only if there is no other offer.
        return _cursor.Argument is WordKind.Path or WordKind.Text or WordKind.Archive ? words : words.Concat(Options());
    }

    private IEnumerable<Offer> Commands() => _cursor.Commands.SelectMany(c => c.Names.Select(name => new Offer(name, c.Summary)));

    private IEnumerable<Offer> Options() => _cursor.Options
        .SelectMany(o => o.NegativeNames.Select(name => new Offer(name, o.Help)).Prepend(new Offer(o.DisplayName, o.Help, o.Usage())))
        .Concat(_cursor.Options.Any() ? [new Offer("--help", "Show help and exit.")] : []);

    // At PowerShell's prompt 1,2 is how one writes a list.
    private IEnumerable<Offer> Listed(string listed)
    {
        var equals = listed.IndexOf('=', StringComparison.Ordinal);
        return equals > 0
            ? Assignments()?.Values(listed[..equals], _cursor.Typed) ?? []
            : _cursor.Argument is WordKind.Run or WordKind.DeletedRun or WordKind.RunningRun ? Words(_cursor.Argument.Value, _cursor.Typed) : [];
    }

    private IEnumerable<Offer> Words(WordKind kind, string typed) => kind switch
    {
        WordKind.Operation => RunOperations(typed),
        WordKind.TrainedModel => DefinitionOffers.TrainedModels(Project()).Concat(typed.Length > 0 ? Flags(typed) : []),
        WordKind.Flag => Flags(typed),
        WordKind.Run => RunOffers.ByPlaceOrId(Filtered(RunPlace.Runs), typed),
        WordKind.RunningRun => RunOffers.ByPlaceOrId(Filtered(RunPlace.Runs).Where(run => run.Status == RunStatus.Running), typed),
        WordKind.DeletedRun => RunOffers.ByPlaceOrId(Filtered(RunPlace.Trash), typed),
        WordKind.RunFile => RunFileOffers.Of(Chosen(), typed),
        WordKind.Attribute => RunFileOffers.Attributes(Filtered(RunPlace.Runs).FirstOrDefault()),
        WordKind.Archive => ArchiveOffers.Of(_engine).Where(offer => offer.Word.StartsWith(typed, StringComparison.OrdinalIgnoreCase)),
        WordKind.Column => ColumnOffers.Of(_engine, typed),
        WordKind.Scalar => ColumnOffers.Scalars(null, _engine),
        WordKind.Optimizer => OptimizerOffers.Of(Project(), Operation()),
        WordKind.OptimizerFlag => OptimizerOffers.Assignments(SearchWords.OptimizerOf(_cursor.Parsed), Operation(), typed),
        WordKind.EarlyStop => [new("median", "End trials that are worse than the median of the others at the same step."), new("asha", "Let only the best third go on at steps 1, 3, 9, 27, …")],
        WordKind.Label => RecentRuns.Labels(_engine),
        WordKind.Tag => RecentRuns.Tags(_engine),
        WordKind.Filter => FilterOffers.Of(typed, _engine),
        WordKind.TimeRange => TimeOffers.Ranges,
        WordKind.Digest => RecentRuns.Digests(_engine),
        WordKind.ListedOperation => DefinitionOffers.Operations(Project()),
        WordKind.ListedModel => DefinitionOffers.Models(Project()),
        WordKind.ListedResource => DefinitionOffers.Resources(Project()),
        _ => [],
    };

    // Without an operation the flags are those of the default one; they are in the way of who wants to see the operations.
    private IEnumerable<Offer> RunOperations(string typed) => DefinitionOffers.Operations(Project(), ProjectLookup.OfPackages(typed, Project()))
        .Concat(ScriptOffers.Of(_session.Location, typed, isCurrent: _cursor.Globals.ProjectPath is null))
        .Concat(typed.Length > 0 ? Flags(typed) : []);

    private IEnumerable<Offer> Flags(string typed) => Assignments()?.Of(typed, _cursor.Parsed.Arguments) ?? [];

    private Engine.GuildFiles.OperationDefinition? Operation() => Project() is { } project
        ? FlagWords.Find(project, Classic.RunWords.OperationOf(_cursor.Command, _cursor.Parsed.Arguments), context: null)
        : null;

    private AssignmentOffers? Assignments()
    {
        var name = Classic.RunWords.OperationOf(_cursor.Command, _cursor.Parsed.Arguments);
        return ProjectLookup.Try(() => Engine.Operations.Project.OpenFor(_session.Location, name, _session.Packages)) is { } project
            && FlagWords.Find(project, name, _engine) is { } operation
            ? new AssignmentOffers(project, operation, _engine.Runs)
            : null;
    }

    private Project? Project() => ProjectLookup.Try(() => Engine.Operations.Project.Open(_session.Location, _session.Packages));

    // Places count within the runs that pass the filter.
    private IEnumerable<Run> Filtered(RunPlace place)
    {
        var filter = FilterOptions.ReadFilter(_cursor.Parsed);
        var query = ProjectLookup.Try(() => RunSelector.QueryOf(filter));
        return query is null ? [] : query.Of(_engine.Runs.List(place), _engine.Runs, CancellationToken.None);
    }

    // The run that is named already, else the newest.
    private Run? Chosen()
    {
        var runs = Filtered(RunPlace.Runs);
        return _cursor.Parsed.Arguments is [.., var name]
            ? RunOffers.Named(name, _engine)
            : runs.FirstOrDefault();
    }
}
