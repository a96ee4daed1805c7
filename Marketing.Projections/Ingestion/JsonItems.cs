using System.Buffers;
using System.Text.Json;

namespace Marketing.Projections.Ingestion;

/// <summary>
/// Cuts a JSON document that is one object, or an array of them, into its items while it arrives, so that no more of it is kept
/// than the item that has begun. Knows where it was in the middle of a token's neighbors, and reads no byte of a whole token twice.
/// </summary>
internal sealed class JsonItems
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 1000 };

    private JsonReaderState _state = new(Options);
    private bool _begun;
    private bool _isArray;
    private long _scanned; // of the buffer that the next call begins with
    private long _itemStart = -1;

    /// <summary>Reads on.</summary>
    /// <param name="buffer">What has arrived and was not consumed; what is left is in it afterward.</param>
    /// <param name="last">Whether nothing follows.</param>
    /// <param name="item">Called with each item that is complete.</param>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public void Read(ref ReadOnlySequence<byte> buffer, bool last, Action<ReadOnlySequence<byte>> item)
    {
        var json = new Utf8JsonReader(buffer.Slice(_scanned), last, _state);
        while (json.Read())
        {
            if (!_begun)
            {
                _begun = true;
                _isArray = json.TokenType == JsonTokenType.StartArray;
                if (_isArray)
                {
                    continue;
                }
            }

            var depth = _isArray ? 1 : 0;
            if (_itemStart < 0 && !(_isArray && json.CurrentDepth == 0))
            {
                _itemStart = _scanned + json.TokenStartIndex;
            }

            if (_itemStart >= 0 && json.CurrentDepth == depth
                && json.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray or JsonTokenType.PropertyName))
            {
                item(buffer.Slice(_itemStart, _scanned + json.BytesConsumed - _itemStart));
                _itemStart = -1;
            }
        }

        _state = json.CurrentState;
        _scanned += json.BytesConsumed;
        var consumed = _itemStart >= 0 ? _itemStart : _scanned;
        buffer = buffer.Slice(consumed);
        _scanned -= consumed;
        _itemStart = _itemStart >= 0 ? 0 : -1;
    }
}
