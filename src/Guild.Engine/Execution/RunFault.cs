using Guild.Engine.Runs;

namespace Guild.Engine.Execution;

/// <summary>Writes into a run why its program was not started, so that the record says it to whoever comes later.</summary>
internal static class RunFault
{
    public static void Record(RunDirectory directory, GuildException fault, TimeProvider time)
    {
        Write(directory, $"{fault.Message}\n{fault.RecommendedAction}", time);
        End(directory, null, time);
    }

    /// <summary>Writes that a run was stopped before there was a program to take the signal, as if the program had been ended by it.</summary>
    public static void RecordStop(RunDirectory directory, int signal, string? note, TimeProvider time)
    {
        Write(directory, "Stopped before the program was started.", time);
        WriteNote(directory, note);
        End(directory, -signal, time);
    }

    private static void Write(RunDirectory directory, string text, TimeProvider time)
    {
        try
        {
            new RunMarks(directory, time).WriteAsError(text);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The fault itself is told to the caller; a home that cannot be written is most often that very fault.
        }
    }

    private static void WriteNote(RunDirectory directory, string? note)
    {
        try
        {
            if (note is not null)
            {
                directory.WriteAttribute(RunMarks.NotesAttribute, new List<object?> { note });
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // As above.
        }
    }

    private static void End(RunDirectory directory, long? exitStatus, TimeProvider time)
    {
        try
        {
            if (exitStatus is not null)
            {
                directory.WriteAttribute("exit_status", exitStatus);
                directory.WriteAttribute("stopped", new RunClock(time).Next());
            }

            File.Delete(directory.StagedPath);
            File.Delete(directory.PendingPath);

            // After the others: who is killed before it leaves an error, and not a run that waits for ever.
            File.Delete(directory.ProcessPath);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // As above.
        }
    }
}
