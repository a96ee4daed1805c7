namespace Marketing.VectorIndex.Entries;

/// <summary>The ids that do not fit a <see cref="PackedId"/>. Writers hold a lock; <see cref="Text"/> needs none.</summary>
internal sealed class OversizedIds
{
    private readonly Dictionary<string, int> _indexes = new(StringComparer.Ordinal);
    private readonly Stack<int> _free = new();
    private string[] _texts = new string[16];

    public PackedId Add(string text)
    {
        if (_indexes.TryGetValue(text, out int index))
        {
            return PackedId.OversizedAt(index);
        }

        index = _free.TryPop(out int free) ? free : _indexes.Count;
        if (index == _texts.Length)
        {
            string[] larger = new string[2 * _texts.Length];
            _texts.CopyTo(larger, 0);
            Volatile.Write(ref _texts, larger);
        }

        _texts[index] = text;
        _indexes.Add(text, index);
        return PackedId.OversizedAt(index);
    }

    public bool TryFind(string text, out PackedId id)
    {
        bool found = _indexes.TryGetValue(text, out int index);
        id = PackedId.OversizedAt(index);
        return found;
    }

    public void Remove(PackedId id)
    {
        _indexes.Remove(_texts[id.Low]);
        _texts[id.Low] = "";
        _free.Push((int)id.Low);
    }

    /// <returns>The text, or another one if the id was removed meanwhile: the caller checks the version of the entry.</returns>
    public string Text(PackedId id)
    {
        string[] texts = Volatile.Read(ref _texts);
        return id.Low < (ulong)texts.Length ? texts[id.Low] ?? "" : "";
    }
}
