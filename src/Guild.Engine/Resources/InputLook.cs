using Guild.Engine.Runs;

namespace Guild.Engine.Resources;

/// <summary>How much is read of an input that changed.</summary>
internal enum LookDepth
{
    /// <summary>As much as it takes to see that it changed.</summary>
    Change,

    /// <summary>All of it, to tell its hash.</summary>
    Full,
}

/// <summary>Compares inputs with what a run recorded of them.</summary>
internal sealed class InputLook(FingerprintReader reader, LookDepth depth, CancellationToken cancellation)
{
    private readonly Dictionary<string, (bool IsDirectory, InputState State)> _states = new(StringComparer.Ordinal);

    /// <summary>True if an input that several runs took is looked at once. What is written meanwhile is not seen then.</summary>
    public bool LooksOnce { get; init; }

    /// <summary>What became of an input, or null if it is as it was.</summary>
    public InputFinding? Compare(RunDirectory run, string resource, string source, DependencyRecord.Input input)
    {
        // The link itself is asked where there is one, so that a run that was moved with its home is still understood.
        var link = Path.Join(run.Path, input.Path);
        var target = input.Placement == PlacementKind.Link ? new FileInfo(link).LinkTarget : null;
        var path = target is not null ? link : input.Source;
        var finding = new InputFinding(resource, source, input.Path, input.Source, InputChange.Missing) { Recorded = input.Fingerprint };
        try
        {
            var (isDirectory, state) = StateOf(target is null ? path : Path.GetFullPath(target, Path.GetDirectoryName(link)!));
            if (isDirectory != (input.Kind == InputKind.Directory))
            {
                return finding;
            }

            if (state == new InputState(input.Size, input.Count, input.Time))
            {
                return null;
            }

            if (state.Size != input.Size && depth == LookDepth.Change)
            {
                return finding with { Change = InputChange.Size };
            }

            var present = reader.Read(path);
            var change = state.Size != input.Size ? InputChange.Size : present.Sha256 != input.Sha256 ? InputChange.Content : InputChange.Time;
            return finding with { Change = change, Present = present };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return finding;
        }
    }

    private (bool IsDirectory, InputState State) StateOf(string path)
    {
        if (LooksOnce && _states.TryGetValue(path, out var known))
        {
            return known;
        }

        var isDirectory = Directory.Exists(path);
        var found = (isDirectory, InputState.Of(path, cancellation));
        if (LooksOnce)
        {
            _states[path] = found;
        }

        return found;
    }
}
