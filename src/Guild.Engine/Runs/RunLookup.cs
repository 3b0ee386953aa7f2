namespace Guild.Engine.Runs;

/// <summary>
/// Reads the runs that the references of one command name. Places mean the list as it was when the first of them was asked for, because that is the
/// list which the user saw: deleting the first run does not make the second one the first.
/// </summary>
public sealed class RunLookup(RunStore store, RunPlace place = RunPlace.Runs)
{
    private IReadOnlyList<string>? _ids;

    /// <summary>
    /// Reads the runs that a reference names: a place, a range of places (<c>1:3</c>), an id, the beginning of an id, or a pattern of ids with <c>*</c> or <c>?</c>,
    /// which can name none.
    /// </summary>
    /// <exception cref="NameNotFoundException">It names no run.</exception>
    /// <exception cref="AmbiguousNameException">It is the beginning of more than one id.</exception>
    public IReadOnlyList<Run> Select(string reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        if (RunReferences.IsPattern(reference))
        {
            _ids ??= store.OrderedIds(place);
            return [.. RunReferences.Matching(reference, _ids).Select(id => store.TryRead(id, place)).OfType<Run>()];
        }

        if (!RunReferences.IsPlace(reference))
        {
            return store.Select([reference], place);
        }

        _ids ??= store.OrderedIds(place);
        return [.. RunReferences.Select([reference], _ids).Select(id => store.TryRead(id, place) ?? throw RunReferences.NotFound(reference))];
    }
}
