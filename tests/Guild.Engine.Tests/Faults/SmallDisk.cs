using System.Diagnostics;

namespace Guild.Engine.Tests.Faults;

/// <summary>A file system of its own in memory, as small as a test wants it.</summary>
internal sealed class SmallDisk : IDisposable
{
    private static readonly Lazy<bool> Possible = new(TryMount);

    public SmallDisk(int kilobytes, string? path = null)
    {
        Path = path is null ? Directory.CreateTempSubdirectory("guild-disk-").FullName : Directory.CreateDirectory(path).FullName;
        Assert.True(Do("mount", "-t", "tmpfs", "-o", $"size={kilobytes}k,mode=755", "tmpfs", Path), "The file system cannot be mounted.");
    }

    /// <summary>True where this process may mount file systems.</summary>
    public static bool IsPossible => Possible.Value;

    public string Path { get; }

    public void MakeReadOnly() => Assert.True(Do("mount", "-o", "remount,ro", Path), "The file system cannot be made read-only.");

    public void MakeWritable() => Assert.True(Do("mount", "-o", "remount,rw", Path), "The file system cannot be made writable.");

    /// <summary>Writes to a file until nothing more fits.</summary>
    public void Fill()
    {
        using var file = File.Create(System.IO.Path.Combine(Path, "filling"));
        var block = new byte[4096];
        try
        {
            while (true)
            {
                file.Write(block);
                file.Flush();
            }
        }
        catch (IOException)
        {
            // Full, as it should be.
        }
    }

    public void Dispose()
    {
        // Lazily, so that a program that still holds a file there does not keep the test from ending.
        Do("umount", "-l", Path);
        Directory.Delete(Path);
    }

    private static bool TryMount()
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        var path = Directory.CreateTempSubdirectory("guild-disk-").FullName;
        try
        {
            return Do("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", path) && Do("umount", path);
        }
        finally
        {
            Directory.Delete(path);
        }
    }

    private static bool Do(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}

/// <summary>A test that needs a disk of its own.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class DiskFactAttribute : FactAttribute
{
    public DiskFactAttribute() => Skip = SmallDisk.IsPossible ? null : "This process may not mount a file system.";
}

/// <summary>A test with several cases that needs a disk of its own.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class DiskTheoryAttribute : TheoryAttribute
{
    public DiskTheoryAttribute() => Skip = SmallDisk.IsPossible ? null : "This process may not mount a file system.";
}
