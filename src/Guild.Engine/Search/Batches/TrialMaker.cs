using System.Text;
using Guild.Engine.Operations;
using Guild.Engine.Resources;
using Guild.Engine.Runs;

namespace Guild.Engine.Search.Batches;

/// <summary>Makes the directories of trials. What is the same in all of them is read once, and the source code is copied from the prototype without being hashed again.</summary>
internal sealed class TrialMaker
{
    // What each trial has for itself, and what only the prototype has.
    private static readonly string[] NotCopied = ["id", "initialized", "started", "stopped", "exit_status", "flags", "user_flags", "label", "cmd", "env", "deps", "trials", "notes", TrialRecord.Attribute];

    private readonly RunDirectory _batch;
    private readonly TrialRecipe _recipe;
    private readonly RunStore _store;
    private readonly GuildHome _home;
    private readonly RunClock _clock;
    private readonly List<KeyValuePair<string, byte[]>> _attributes;
    private readonly string[] _sources;
    private readonly byte[] _manifest;
    private readonly byte[] _opRef;

    public TrialMaker(RunDirectory batch, TrialRecipe recipe, EngineContext context)
    {
        var prototype = recipe.Prototype.Directory;
        _batch = batch;
        _recipe = recipe;
        _home = context.Home;
        _store = new RunStore(context.Home);
        _clock = new RunClock(context.Time);
        _attributes = [.. prototype.AttributeNames
            .Except(NotCopied, StringComparer.Ordinal)
            .Select(name => KeyValuePair.Create(name, File.ReadAllBytes(Path.Join(prototype.AttributesPath, name))))];
        _sources = [.. Directory.EnumerateFileSystemEntries(prototype.Path).Where(path => Path.GetFileName(path) != ".guild")];
        _manifest = File.Exists(prototype.ManifestPath) ? File.ReadAllBytes(prototype.ManifestPath) : [];
        _opRef = Encoding.UTF8.GetBytes(recipe.Prototype.OpRef.ToString());
    }

    /// <summary>Makes a trial, as a pending run that its batch links to.</summary>
    /// <exception cref="HomeException">The home cannot be written.</exception>
    public RunDirectory Make(int number, IReadOnlyDictionary<string, object?> flags, CancellationToken stop)
    {
        var staged = _store.CreateStaging(RunId.New());
        try
        {
            HomeAccess.Do(_home.Path, () => Fill(staged, number, flags, stop));

            // The link comes first: of a trial that is there, the batch knows.
            var trial = new RunDirectory(Path.Join(_home.RunsDirectory, staged.Id));
            HomeAccess.Do(_batch.Path, () => BatchTrials.Link(_batch, trial));
            var published = _store.Publish(staged);
            BatchTrials.Complete(_batch, published);
            return published;
        }
        catch
        {
            RunStore.DiscardStaging(staged);
            throw;
        }
    }

    private void Fill(RunDirectory directory, int number, IReadOnlyDictionary<string, object?> flags, CancellationToken stop)
    {
        RunDirectory.WriteNew(directory.PendingPath, []);
        foreach (var source in _sources)
        {
            stop.ThrowIfCancellationRequested();
            Copying.Copy(source, Path.Join(directory.Path, Path.GetFileName(source)), stop);
        }

        RunDirectory.WriteNew(directory.ManifestPath, _manifest);
        foreach (var (name, bytes) in _attributes)
        {
            RunDirectory.WriteNew(Path.Join(directory.AttributesPath, name), bytes);
        }

        directory.CreateAttribute("id", directory.Id);
        directory.CreateAttribute("initialized", _clock.Next());
        directory.CreateAttribute("flags", flags);
        directory.CreateAttribute("user_flags", new Dictionary<string, object?>());
        directory.CreateAttribute("cmd", _recipe.CommandOf(flags));
        directory.CreateAttribute("deps", new Dictionary<string, object?>());
        directory.CreateAttribute(TrialRecord.Attribute, new TrialRecord(_batch.Id, number).ToValue());
        if (_recipe.LabelOf(flags) is { Length: > 0 } label)
        {
            directory.CreateAttribute("label", label);
        }

        // Written last: a folder is a run from the moment it has this file.
        RunDirectory.WriteNew(directory.OpRefPath, _opRef);
    }
}
