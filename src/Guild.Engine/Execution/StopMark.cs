using Guild.Engine.Runs;

namespace Guild.Engine.Execution;

/// <summary>
/// The file <c>.guild/STOP</c>, by which a process asks for the end of a run whose program is not started yet: there is nothing that could be sent a signal, save perhaps a session of
/// somebody that prepares the run. Whoever prepares it looks for the file until the program is there.
/// </summary>
internal static class StopMark
{
    internal const string Name = "STOP";

    public static bool IsThere(RunDirectory directory) => File.Exists(PathOf(directory));

    /// <exception cref="HomeException">The folder of the run cannot be written.</exception>
    public static void Make(RunDirectory directory) => HomeAccess.Do(directory.Path, () => File.WriteAllBytes(PathOf(directory), []));

    /// <summary>Takes the mark away, if it is there and the disk allows it. One that stays is taken away when the run is started again.</summary>
    public static void Clear(RunDirectory directory)
    {
        try
        {
            if (IsThere(directory))
            {
                File.Delete(PathOf(directory));
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // As above.
        }
    }

    private static string PathOf(RunDirectory directory) => Path.Join(directory.GuildPath, Name);
}
