using System.Buffers;
using System.Text.Json;

namespace Marketing.Projections.Ingestion;

/// <summary>
/// Splits a JSON document (an object or an array of objects) into items as it arrives, keeping only the unfinished item. Resumes
/// where it stopped and never reads a complete token twice.
/// </summary>
internal sealed class JsonItems
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 1000 };

    private JsonReaderState _state = new(Options);
    private bool _begun;
    private bool _isArray;
    private long _scanned; // bytes of the next call's buffer that are already scanned
    private long _itemStart = -1;

    /// <summary>Reads more of the document.</summary>
    /// <param name="buffer">Bytes that arrived and were not consumed; on return, the rest.</param>
    /// <param name="last">Whether this is the end of the document.</param>
    /// <param name="item">Called with each complete item.</param>
    /// <exception cref="JsonException">The input is not valid JSON.</exception>
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
