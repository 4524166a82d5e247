"""Areas of cooperation, and the agreed work printed under them.

在A、B、C等方面 · 六大行动：A、B… · 重点围绕A、B以及C · 议题为A、B · 一是A；二是B. What was achieved
so far, what one person says and what is only compared is no agreement. Of several lists the one
is taken that best fits what meetings agree on; a number before it (六个方面) checks it.
"""
