using Guild.Engine.Execution;

namespace Guild.Engine.Metrics;

/// <summary>Which graphics processors a program may use, as <c>CUDA_VISIBLE_DEVICES</c> says it.</summary>
internal sealed class GpuDevices
{
    private readonly IReadOnlyList<string>? _names;

    private GpuDevices(IReadOnlyList<string>? names) => _names = names;

    /// <summary>True if there are none, so that nobody needs to be asked.</summary>
    public bool AreNone => _names is { Count: 0 };

    /// <summary>Those that an environment names.</summary>
    public static GpuDevices Of(IReadOnlyDictionary<string, string> environment)
    {
        if (!environment.TryGetValue(RecordedDevices.Variable, out var text))
        {
            return new GpuDevices(null);
        }

        // As CUDA reads it: what stands behind the first name that cannot be one does not count.
        var names = text.Split(',', StringSplitOptions.TrimEntries).TakeWhile(name => ProcFiles.Number(name) >= 0 || name.StartsWith("GPU-", StringComparison.OrdinalIgnoreCase) || name.StartsWith("MIG-GPU-", StringComparison.OrdinalIgnoreCase));
        return new GpuDevices([.. names]);
    }

    /// <summary>True if it is among them.</summary>
    /// <param name="index">Its number.</param>
    /// <param name="id">Its id: <c>GPU-</c> and hexadecimal digits, of which a beginning is enough to name it.</param>
    public bool Has(string index, string id) => _names is null || _names.Any(name => name == index || IsNamed(id, name));

    // A part of a processor is named MIG-GPU-ID/INSTANCE/INSTANCE.
    private static bool IsNamed(string id, string name) =>
        name.StartsWith("MIG-", StringComparison.OrdinalIgnoreCase)
            ? name[4..].Split('/')[0].Equals(id, StringComparison.OrdinalIgnoreCase)
            : name.Length > 4 && id.StartsWith(name, StringComparison.OrdinalIgnoreCase);
}
