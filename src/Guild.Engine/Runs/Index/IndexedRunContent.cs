using Guild.Engine.Scalars;

namespace Guild.Engine.Runs.Index;

/// <summary>A run out of the index: decoded when it is asked for.</summary>
internal sealed class IndexedRunContent(RunDirectory directory, IndexRow row, IndexContent bytes) : RunContent
{
    // Two threads that decode the same part get equal values, so none of these needs a lock.
    private RunHead? _head;
    private RunDetails? _details;
    private IReadOnlyDictionary<string, object?>? _attributes;
    private IReadOnlyDictionary<string, double>? _lastValues;
    private IReadOnlyDictionary<string, ScalarSummary>? _scalars;
    private byte[]? _encodedScalars;

    public override RunHead Head => _head ??= RunEncoding.DecodeHead(bytes.Content);

    public override RunDetails Details => _details ?? Decode().Details;

    public override IReadOnlyDictionary<string, object?> Attributes => _attributes ?? Decode().Attributes;

    public override IReadOnlyDictionary<string, double> LastValues => _lastValues ??=
        bytes.LastValues is { } encoded ? RunEncoding.DecodeLastValues(encoded) : ScalarSummary.LastValues(Scalars);

    public override IReadOnlyDictionary<string, ScalarSummary> Scalars => _scalars ??=
        _encodedScalars is { } encoded ? RunEncoding.DecodeScalars(encoded) : RunScalars.Summarize(directory.Path);

    /// <summary>True if no scalar needs an event file to be read.</summary>
    public bool HasScalars => _scalars is not null || _encodedScalars is not null;

    public override bool HasLastValues => _lastValues is not null || bytes.LastValues is not null;

    public IndexRow Row => row;

    public IndexContent Bytes => bytes;

    /// <summary>Gives the run scalars that were read elsewhere.</summary>
    public void SetScalars(IReadOnlyDictionary<string, ScalarSummary> scalars)
    {
        _scalars = scalars;
        _lastValues = ScalarSummary.LastValues(scalars);
    }

    /// <summary>Gives the run scalars out of the index, to be decoded when they are asked for.</summary>
    public void SetScalars(byte[] encoded) => _encodedScalars = encoded;

    private (RunDetails Details, IReadOnlyDictionary<string, object?> Attributes) Decode()
    {
        var decoded = RunEncoding.DecodeDetails(bytes.Content);
        (_details, _attributes) = decoded;
        return decoded;
    }
}
