using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Guild.Engine.Resources.Archives;

/// <summary>
/// Writes the files of an archive on threads of their own, while the next ones are read: to make a small file takes as long as to
/// unpack it. A file that is not small is written at once, by who reads it. Called by one thread; raises
/// <see cref="ArchiveException"/> for what could not be written, if need be with a later file.
/// </summary>
internal sealed class FileWriters : IDisposable
{
    private const int MostThreads = 4;
    private const int BatchesAhead = 4;
    private const int BufferSize = 128 * 1024;

    private readonly BlockingCollection<FileBatch> _batches = new(BatchesAhead);
    private readonly List<Thread> _threads = [];
    private FileBatch _batch = new();
    private ExceptionDispatchInfo? _fault;

    /// <summary>Writes a file now or soon. Raises what the content raises.</summary>
    public void Add(NewFile file, Stream? content)
    {
        Volatile.Read(ref _fault)?.Throw();
        if (!_batch.TryAdd(file, content))
        {
            AddLonger(file, content!);
        }

        if (_batch.IsFull)
        {
            HandOn();
        }
    }

    /// <summary>Waits until all files are written.</summary>
    public void Finish()
    {
        HandOn();
        End();
        Volatile.Read(ref _fault)?.Throw();
    }

    /// <summary>Waits for what is being written, and drops what is not begun.</summary>
    public void Dispose()
    {
        while (_batches.TryTake(out var dropped))
        {
            dropped.Dispose();
        }

        End();
        _batch.Dispose();
        _batches.Dispose();
    }

    private void AddLonger(NewFile file, Stream content)
    {
        if (_batch.IsEmpty)
        {
            WriteThrough(file, _batch.TakeStarted(), content);
            return;
        }

        var next = new FileBatch();
        var started = _batch.TakeStarted();
        if (!next.TryAdd(file, started, content))
        {
            WriteThrough(file, next.TakeStarted(), content);
        }

        HandOn(next);
    }

    private static void WriteThrough(NewFile file, ReadOnlySpan<byte> started, Stream content)
    {
        using var written = WrittenFile.Create(file);
        written.Append(started);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            while (content.Read(buffer) is var count and > 0)
            {
                written.Append(buffer.AsSpan(0, count));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        written.Complete();
    }

    private void HandOn(FileBatch? next = null)
    {
        if (!_batch.IsEmpty)
        {
            StartThread();
            _batches.Add(_batch);
            _batch = next ?? new FileBatch();
        }
    }

    // An archive of few files needs none, and a large one no more than there are processors.
    private void StartThread()
    {
        if (_threads.Count < Math.Min(MostThreads, Environment.ProcessorCount))
        {
            var thread = new Thread(Write) { IsBackground = true, Name = "Guild unpacking" };
            _threads.Add(thread);
            thread.Start();
        }
    }

    private void Write()
    {
        foreach (var batch in _batches.GetConsumingEnumerable())
        {
            try
            {
                // After a fault nothing is kept, but who reads must not wait for room for ever.
                if (Volatile.Read(ref _fault) is null)
                {
                    batch.Write();
                }
            }
#pragma warning disable CA1031 // Whatever it is, it is raised again on the thread of the caller.
            catch (Exception error)
#pragma warning restore CA1031
            {
                Interlocked.CompareExchange(ref _fault, ExceptionDispatchInfo.Capture(error), null);
            }
            finally
            {
                batch.Dispose();
            }
        }
    }

    private void End()
    {
        if (!_batches.IsAddingCompleted)
        {
            _batches.CompleteAdding();
        }

        _threads.ForEach(thread => thread.Join());
    }
}
