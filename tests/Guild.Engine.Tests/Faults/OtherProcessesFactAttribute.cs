using System.Diagnostics;

namespace Guild.Engine.Tests.Faults;

/// <summary>A test that starts programs in a pid namespace of their own, as containers have one.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OtherProcessesFactAttribute : FactAttribute
{
    // Who may make no namespace may often make one of users and be root in there.
    private static readonly string[][] Ways = [["--pid", "--fork", "--kill-child", "--mount-proc"], ["--user", "--map-root-user", "--pid", "--fork", "--kill-child", "--mount-proc"]];

    private static readonly Lazy<string[]?> FirstWay = new(() => OperatingSystem.IsLinux() ? Array.Find(Ways, Works) : null);

    public OtherProcessesFactAttribute() => Skip = FirstWay.Value is null ? "This process may not make a pid namespace." : null;

    /// <summary>The arguments of <c>unshare</c> that work here.</summary>
    public static IReadOnlyList<string> Arguments => FirstWay.Value ?? [];

    private static bool Works(string[] way)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("unshare", [.. way, "true"]) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
