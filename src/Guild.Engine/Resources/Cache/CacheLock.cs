namespace Guild.Engine.Resources;

/// <summary>Lets one download, unpacking or removal of an entry of the cache happen at a time, among all processes that share the home.</summary>
internal static class CacheLock
{
    private const int LinuxWouldBlock = 11;
    private const int BsdWouldBlock = 35;
    private const int WindowsSharingViolation = unchecked((int)0x80070020);
    private const int WindowsLockViolation = unchecked((int)0x80070021);

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// Waits until nobody else holds the lock, and takes it; it is given back when the result is disposed of, or the process ends.
    /// Raises <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/> if the file cannot be made.
    /// </summary>
    /// <param name="path">The lock's file, in a folder that is there. It stays: were it deleted, two could hold it.</param>
    /// <param name="onWait">Is called once if somebody else holds it.</param>
    /// <param name="cancellation">Ends the wait at once.</param>
    public static IDisposable Take(string path, Action onWait, CancellationToken cancellation)
    {
        for (var isFirst = true; ; isFirst = false)
        {
            cancellation.ThrowIfCancellationRequested();
            if (TryTake(path) is { } held)
            {
                return held;
            }

            if (isFirst)
            {
                onWait();
            }

            cancellation.WaitHandle.WaitOne(LookEvery);
        }
    }

    /// <summary>Takes the lock if nobody holds it; else null. Raises what the system raises if the file cannot be made.</summary>
    public static IDisposable? TryTake(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
        }
        catch (IOException error) when (IsHeld(error))
        {
            return null;
        }
    }

    private static bool IsHeld(IOException error) => OperatingSystem.IsWindows()
        ? error.HResult is WindowsSharingViolation or WindowsLockViolation
        : error.HResult == (OperatingSystem.IsLinux() ? LinuxWouldBlock : BsdWouldBlock);
}
