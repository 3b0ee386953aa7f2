namespace Guild.Engine.Search.Batches;

/// <summary>Shares devices out among trials: each trial has some for itself while it runs.</summary>
internal sealed class DevicePool
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<int, string> _free = [];

    /// <param name="groups">What one trial gets each: <c>0</c>, or <c>0,1</c>. None if trials get what the batch has.</param>
    public DevicePool(IReadOnlyList<string> groups)
    {
        Count = groups.Count;
        for (var i = 0; i < groups.Count; i++)
        {
            _free.Add(i, groups[i]);
        }
    }

    /// <summary>How many trials can have devices at the same time; 0 if they have none of their own.</summary>
    public int Count { get; }

    /// <summary>Splits what was asked for, such as <c>0,1,2,3</c>, into what each trial gets. What is left over at the end is used by none.</summary>
    /// <exception cref="RequestException">There are fewer devices than one trial needs.</exception>
    public static IReadOnlyList<string> Split(string? gpus, int perTrial)
    {
        var devices = (gpus ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (devices.Length == 0)
        {
            return [];
        }

        return devices.Length >= perTrial
            ? [.. devices.Chunk(perTrial).Where(group => group.Length == perTrial).Select(group => string.Join(',', group))]
            : throw new RequestException($"A trial needs {perTrial} devices, and {devices.Length} were given.", gpus, "Give more devices, or let a trial have fewer.");
    }

    /// <summary>How many trials run at the same time: what was asked for, but no more than there are devices for; else one a device or a processor.</summary>
    public static int Limit(SearchRequest search, string? gpus)
    {
        var groups = Split(gpus, search.GpusPerTrial).Count;
        if (search.ThrottleLimit is { } asked)
        {
            return groups > 0 ? Math.Min(asked, groups) : asked;
        }

        return groups > 0 ? groups : Environment.ProcessorCount;
    }

    /// <summary>Takes the first devices that are free; null if trials have none of their own.</summary>
    public Lease? Take()
    {
        lock (_gate)
        {
            if (_free.Count == 0)
            {
                return null;
            }

            var (place, devices) = _free.First();
            _free.Remove(place);
            return new Lease(place, devices);
        }
    }

    /// <summary>Gives devices back.</summary>
    public void Return(Lease? lease)
    {
        if (lease is not null)
        {
            lock (_gate)
            {
                _free.Add(lease.Place, lease.Devices);
            }
        }
    }

    /// <summary>Devices that one trial has.</summary>
    internal sealed record Lease(int Place, string Devices);
}
