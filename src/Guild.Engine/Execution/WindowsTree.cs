using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Guild.Engine.Metrics;

namespace Guild.Engine.Execution;

/// <summary>A job on Windows, which holds a program and all that it starts, and ends them when it is closed by the end of this process.</summary>
[SupportedOSPlatform("windows")]
internal sealed unsafe partial class WindowsTree : ProgramTree
{
    private const int ExtendedLimits = 9;
    private const int BasicAccounting = 1;
    private const int ProcessList = 3;
    private const int MostProcesses = 500;
    private const uint KillOnClose = 0x2000;
    private const uint ControlBreak = 1;

    private readonly Process _process;
    private nint _job;

    internal WindowsTree(Process process)
    {
        _process = process;
        _job = CreateJobObjectW(0, 0);
        var limits = default(JobLimits);
        limits.Flags = KillOnClose;
        _ = SetInformationJobObject(_job, ExtendedLimits, &limits, (uint)sizeof(JobLimits));
        _ = AssignProcessToJobObject(_job, process.SafeHandle);
    }

    /// <summary>The number of the signal that Unix would have used for the last request to end; null if there was none.</summary>
    internal int? LastSignal { get; private set; }

    public override void Dispose()
    {
        // What the program left running runs on: only the end of this process, before it lets go, ends it.
        var limits = default(JobLimits);
        _ = SetInformationJobObject(_job, ExtendedLimits, &limits, (uint)sizeof(JobLimits));
        _ = CloseHandle(_job);
        _job = 0;
        base.Dispose();
    }

    internal override void Signal(StopStep step)
    {
        LastSignal = step switch
        {
            StopStep.Interrupt => Posix.SigInt,
            StopStep.Terminate => Posix.SigTerm,
            _ => Posix.SigKill,
        };
        if (step == StopStep.Kill)
        {
            _ = TerminateJobObject(_job, 1);
            return;
        }

        _ = GenerateConsoleCtrlEvent(ControlBreak, (uint)_process.Id);
    }

    internal override bool IsEmpty()
    {
        var accounting = default(JobAccounting);
        return QueryInformationJobObject(_job, BasicAccounting, &accounting, (uint)sizeof(JobAccounting), 0) == 0 || accounting.ActiveProcesses == 0;
    }

    /// <summary>The job knows the time of processors of all that was ever in it; the memory is that of those that run.</summary>
    internal override TreeUsage? Usage()
    {
        var accounting = default(JobAccounting);
        var list = default(JobProcesses);
        if (QueryInformationJobObject(_job, BasicAccounting, &accounting, (uint)sizeof(JobAccounting), 0) == 0 || accounting.ActiveProcesses == 0)
        {
            return null;
        }

        // Of a job with more processes than there is room for, the memory is not told at all.
        var hasList = QueryInformationJobObject(_job, ProcessList, &list, (uint)sizeof(JobProcesses), 0) != 0;
        long? memory = null;
        for (var i = 0; hasList && i < list.Count; i++)
        {
            memory = (memory ?? 0) + MemoryOf((int)list.ProcessIds[i]);
        }

        return new TreeUsage
        {
            Processes = (int)accounting.ActiveProcesses,
            ProcessorTime = TimeSpan.FromTicks(accounting.UserTime + accounting.KernelTime),
            Memory = memory,
        };
    }

    private static long MemoryOf(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return process.WorkingSet64;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // It has ended meanwhile.
            return 0;
        }
    }

    [LibraryImport("kernel32")]
    private static partial nint CreateJobObjectW(nint attributes, nint name);

    [LibraryImport("kernel32")]
    private static partial int SetInformationJobObject(nint job, int kind, void* information, uint size);

    [LibraryImport("kernel32")]
    private static partial int QueryInformationJobObject(nint job, int kind, void* information, uint size, nint returned);

    [LibraryImport("kernel32")]
    private static partial int AssignProcessToJobObject(nint job, SafeHandle process);

    [LibraryImport("kernel32")]
    private static partial int TerminateJobObject(nint job, uint exitCode);

    [LibraryImport("kernel32")]
    private static partial int GenerateConsoleCtrlEvent(uint controlEvent, uint processGroup);

    [LibraryImport("kernel32")]
    private static partial int CloseHandle(nint handle);

    /// <summary>JOBOBJECT_EXTENDED_LIMIT_INFORMATION, of which only the flags are used.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 144)]
    private struct JobLimits
    {
        [FieldOffset(16)]
        internal uint Flags;
    }

    /// <summary>JOBOBJECT_BASIC_PROCESS_ID_LIST, with room for as many as one run is likely to have.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct JobProcesses
    {
        internal uint Assigned;
        internal uint Count;
        internal fixed ulong ProcessIds[MostProcesses];
    }

    /// <summary>JOBOBJECT_BASIC_ACCOUNTING_INFORMATION, of which the times and the count of live processes are used.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 48)]
    private struct JobAccounting
    {
        [FieldOffset(0)]
        internal long UserTime;

        [FieldOffset(8)]
        internal long KernelTime;

        [FieldOffset(40)]
        internal uint ActiveProcesses;
    }
}
