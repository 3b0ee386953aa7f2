using System.Management.Automation;
using Guild.Engine;
using Guild.Engine.Resources;
using Guild.PowerShell.Completion;

namespace Guild.PowerShell.Commands;

/// <summary>Deletes files of the cache that the runs of a home share, but for those that runs link to.</summary>
[Cmdlet(VerbsCommon.Clear, "GuildResourceCache", DefaultParameterSetName = NameSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(GuildCacheEntry))]
public sealed class ClearGuildResourceCacheCommand : GuildCommand
{
    private const string NameSet = "Name";
    private const string InputObjectSet = "InputObject";

    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private ResourceCache? _cache;
    private List<CacheEntry>? _entries;
    private IReadOnlyDictionary<string, IReadOnlySet<string>>? _users;
    private (int Count, long Length) _kept;

    /// <summary>What is deleted: file names, web addresses or paths that entries came from, or resources of the current project. All if left out.</summary>
    [Parameter(Position = 0, ParameterSetName = NameSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [NotFrom(typeof(FileSystemInfo), typeof(GuildResource), typeof(GuildResourceStatus), typeof(PSCustomObject))]
    [ArgumentCompleter(typeof(CacheCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>What is deleted, as Get-GuildResource -Status gives it.</summary>
    [Parameter(ParameterSetName = InputObjectSet, Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNull]
    public GuildResourceStatus[]? InputObject { get; set; }

    /// <summary>Only what no run took for so long: a time span, or a text such as 30d.</summary>
    [Parameter]
    [Age]
    public TimeSpan? OlderThan { get; set; }

    /// <summary>Only what is larger than so many bytes.</summary>
    [Parameter]
    [ValidateRange(0, long.MaxValue)]
    public long? LargerThan { get; set; }

    /// <summary>Also what runs link to. Their links lead nowhere then.</summary>
    [Parameter]
    public SwitchParameter IncludeUsed { get; set; }

    /// <summary>Does not ask.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Gives what was deleted.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private ResourceCache Cache => _cache ??= new ResourceCache(EngineContext.Home);

    // What may be asked for often is looked up once: the walk over all runs takes the longest.
    private List<CacheEntry> Entries => _entries ??= [.. Cache.Entries(StopToken)];

    private IReadOnlyDictionary<string, IReadOnlySet<string>> Users => _users ??= Cache.Users(StopToken);

    // -WhatIf answers for -Force; so does an explicit -Confirm.
    private bool IsAskedFor => MyInvocation.BoundParameters.ContainsKey("Confirm") || IsWhatIf;

    /// <inheritdoc/>
    protected override void Process()
    {
        if (InputObject is not null)
        {
            var names = new CacheNames(InputObject);
            Clear(Entries.Where(names.Mean));
        }
        else if (Name is null)
        {
            Clear(Entries);
        }

        foreach (var pattern in Name ?? [])
        {
            ForItem(pattern, () => Clear(Find(pattern)));
        }
    }

    /// <inheritdoc/>
    protected override void End()
    {
        if (_kept.Count > 0)
        {
            var (what, verb) = _kept.Count == 1 ? ("1 entry", "is") : ($"{_kept.Count} entries", "are");
            WriteWarning($"{what} ({TransferText.Size(_kept.Length)}) {verb} kept, because runs link to the files. -IncludeUsed deletes them too; the links lead nowhere then.");
        }

        if (Force || !IsAskedFor)
        {
            ForItem(Cache.Path, Cache.Sweep);
        }
    }

    private List<CacheEntry> Find(string pattern)
    {
        var wildcard = WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase);
        var resources = CacheNames.OfResources(Session, EngineContext, wildcard, StopToken);
        var found = Entries.Where(entry => wildcard.IsMatch(entry.FileName) || (entry.Source is not null && wildcard.IsMatch(entry.Source)) || resources?.Mean(entry) == true).ToList();
        return found.Count > 0 || resources is not null || WildcardPattern.ContainsWildcardCharacters(pattern)
            ? found
            : throw new NameNotFoundException(
                NameKind.Resource,
                pattern,
                $"The cache '{Cache.Path}' has no file '{pattern}', and there is no resource of that name in the current folder.",
                [],
                "See what it has with Clear-GuildResourceCache -WhatIf.");
    }

    private void Clear(IEnumerable<CacheEntry> entries)
    {
        foreach (var entry in entries.Where(IsMeant).ToArray())
        {
            StopToken.ThrowIfCancellationRequested();
            if (_seen.Add(entry.Name))
            {
                ForItem(entry.FileName, () => Clear(entry));
            }
        }
    }

    private bool IsMeant(CacheEntry entry) =>
        (OlderThan is null || EngineContext.Time.GetUtcNow() - entry.LastUsed > OlderThan) && (LargerThan is null || entry.Length > LargerThan);

    private void Clear(CacheEntry entry)
    {
        var users = Users.GetValueOrDefault(entry.Name);
        if (users is not null && !IncludeUsed)
        {
            _kept = (_kept.Count + 1, _kept.Length + entry.Length);
            WriteVerbose($"'{entry.FileName}' is kept: {(users.Count == 1 ? "1 run links" : $"{users.Count} runs link")} to it.");
            return;
        }

        var isAgreed = Force && !IsAskedFor;
        if (!isAgreed && !ShouldProcess(Description(entry, users), "Delete from the cache"))
        {
            return;
        }

        switch (Cache.Remove(entry))
        {
            case CacheRemoval.Busy:
                WriteWarning($"'{entry.FileName}' is being downloaded or unpacked just now, so it is kept.");
                break;
            case CacheRemoval.Taken:
                WriteWarning($"'{entry.FileName}' was taken by a run just now, so it is kept.");
                break;
            default:
                WriteVerbose($"Deleted {Description(entry, users)}.");
                if (PassThru)
                {
                    WriteObject(new GuildCacheEntry(entry, users));
                }

                break;
        }
    }

    private static string Description(CacheEntry entry, IReadOnlySet<string>? users)
    {
        var what = entry.Kind == CacheEntryKind.Contents ? $"contents of {entry.FileName}" : entry.IsWhole ? entry.FileName : $"part of {entry.FileName}";
        var use = users is null ? "" : users.Count == 1 ? ", linked by 1 run" : $", linked by {users.Count} runs";
        return $"{what} ({TransferText.Size(entry.Length)}, from {entry.Source ?? "an unknown place"}{use})";
    }
}
