"""The pages: one module a view. Streamlit is imported here and in `app.py` only."""
