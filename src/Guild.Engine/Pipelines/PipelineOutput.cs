using System.Text;
using Guild.Engine.Execution;
using Guild.Engine.Runs;

namespace Guild.Engine.Pipelines;

/// <summary>Takes what a program prints, beside the record of its own run. Called under a lock of that record, from threads of its own.</summary>
/// <param name="bytes">The bytes.</param>
/// <param name="lines">How many ends of lines they hold.</param>
/// <param name="stream">The stream that they were written to.</param>
internal delegate void OutputCopy(ReadOnlySpan<byte> bytes, int lines, OutputStreamKind stream);

/// <summary>
/// The recorded output of a pipeline: what is told of its steps, and what these print, as Guild AI has it. A step that runs alone is copied as it prints; of steps
/// that run at the same time whole lines are copied, each with the name of its step.
/// </summary>
internal sealed class PipelineOutput : IDisposable
{
    private const byte NewLine = (byte)'\n';

    private readonly Lock _gate = new();
    private readonly Lock _scalarGate = new();
    private readonly OutputFile _file;
    private readonly OutputLineReader? _scalars;
    private bool _isInLine;

    public PipelineOutput(RunDirectory pipeline, OutputLineReader? scalars, TimeProvider clock, Action<Exception> faulted, OutputCopy? copy)
    {
        _file = new OutputFile(pipeline.OutputPath, pipeline.OutputIndexPath, clock, faulted) { Copy = copy };
        _scalars = scalars;
    }

    /// <summary>Tells something of the pipeline, in the form of Guild AI's log.</summary>
    public void Log(string level, string text) => Write($"{level}: [guild] {text}");

    /// <summary>Writes lines.</summary>
    public void Write(string text)
    {
        var lines = text.ReplaceLineEndings("\n").TrimEnd('\n') + '\n';
        lock (_gate)
        {
            var bytes = Encoding.UTF8.GetBytes(_isInLine ? '\n' + lines : lines);
            Append(bytes, bytes.AsSpan().Count(NewLine), OutputStreamKind.Error);
        }
    }

    /// <summary>What a step prints, to be copied as it comes.</summary>
    public StepOutput OfStepAlone() => new(this, prefix: null);

    /// <summary>What a step prints while others run, to be copied by lines.</summary>
    public StepOutput OfStep(string name) => new(this, Encoding.UTF8.GetBytes($"[{name}] "));

    public void Dispose()
    {
        _file.Complete();
        _file.Dispose();
    }

    private void Append(ReadOnlySpan<byte> bytes, int lines, OutputStreamKind stream)
    {
        lock (_gate)
        {
            _file.Append(bytes, lines, stream);
            _isInLine = bytes[^1] != NewLine;
        }
    }

    /// <summary>The copy of one step's output.</summary>
    internal sealed class StepOutput(PipelineOutput output, byte[]? prefix)
    {
        private readonly OutputLines?[] _scalars = output._scalars is { } reader
            ? [new(reader, output._scalarGate, OutputStreamKind.Output), new(reader, output._scalarGate, OutputStreamKind.Error)]
            : [null, null];

        private readonly MemoryStream[] _started = [new(), new()];

        /// <summary>Takes what the step prints.</summary>
        public void Take(ReadOnlySpan<byte> bytes, int lines, OutputStreamKind stream)
        {
            if (bytes.IsEmpty)
            {
                return;
            }

            _scalars[(int)stream]?.Take(bytes);
            if (prefix is null)
            {
                output.Append(bytes, lines, stream);
                return;
            }

            lock (_started)
            {
                TakeLines(bytes, stream);
            }
        }

        /// <summary>Writes what was begun and not ended.</summary>
        public void Complete()
        {
            foreach (var stream in new[] { OutputStreamKind.Output, OutputStreamKind.Error })
            {
                _scalars[(int)stream]?.Complete();
                lock (_started)
                {
                    if (_started[(int)stream].Length > 0)
                    {
                        TakeLines("\n"u8, stream);
                    }
                }
            }
        }

        private void TakeLines(ReadOnlySpan<byte> bytes, OutputStreamKind stream)
        {
            var started = _started[(int)stream];
            var whole = new MemoryStream();
            var count = 0;
            while (bytes.IndexOf(NewLine) is >= 0 and var end)
            {
                whole.Write(prefix);
                started.WriteTo(whole);
                started.SetLength(0);
                whole.Write(bytes[..(end + 1)]);
                bytes = bytes[(end + 1)..];
                count++;
            }

            started.Write(bytes);
            if (count > 0)
            {
                output.Append(whole.GetBuffer().AsSpan(0, (int)whole.Length), count, stream);
            }
        }
    }
}
